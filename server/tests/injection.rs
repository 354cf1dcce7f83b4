//! Typed text stays text: in the head of a mail, in the cell of a spreadsheet, in the database. Every text of every
//! form of the staff and of the services formation is tried with harmful values. The domain tries those of a sign-up.

use app::base::appelants::Role;
use app::register::acces;
use axum::http::StatusCode;
use domain::valeurs::AdresseCourriel;
use sea_orm::{ConnectionTrait, DatabaseBackend, Statement};

use super::support::{Monde, Navigateur};
use crate::support::donnees::MOT_DE_PASSE_GESTION;

const BAD: [&str; 6] = [
    "Zorn\r\nBcc: zorn@exemple.example",
    "Zorn\u{202e}fdp\u{2066}\u{61c}\u{200f}",
    "Zorn\0\u{1}\u{7}\u{1b}[31m\u{7f}\u{85}",
    "=HYPERLINK(\"http://zorn.example\")",
    "\u{feff}\t@SUM(A1)",
    "<b onclick='x'>Zorn</b>",
];

/// The names of fields, and their values.
type Champs = &'static [(&'static str, &'static str)];

/// Function, fixed fields and the fields to spoil. `{id}` is a request that waits for its decision, made for this
/// form.
const FORMS: [(&str, Champs, &[&str]); 18] = [
    ("AddNote", &[("id", "{id}")], &["texte", "retour"]),
    ("Refuse", &[("id", "{id}"), ("version", "2"), ("motif", "1")], &["message", "retour"]),
    (
        "RequestCorrections",
        &[("id", "{id}"), ("version", "2"), ("remarques[identite.nom]", "Vraiment ?")],
        &["message", "remarques[identite.prenom]"],
    ),
    ("DecideBulk", &[("verdict", "refuser"), ("motif", "1"), ("dossiers", "{id}.2")], &["message", "retour"]),
    ("SuspendAccount", &[("id", "{actif}"), ("version", "3")], &["message"]),
    ("CorrectPersonsAddress", &[("id", "{id}")], &["courriel"]),
    ("SaveMotif", &[("libelle", "Un motif"), ("faire", "enregistrer")], &["texte"]),
    ("SaveMotif", &[("texte", "Un texte"), ("faire", "enregistrer")], &["libelle"]),
    (
        "AddCollectivite",
        &[("entree[type]", "CCAS"), ("entree[code]", "a{id}")],
        &["entree[nom]", "entree[departement]", "entree[codes_postaux]", "entree[siren]"],
    ),
    (
        "AddCollectivite",
        &[("entree[type]", "CCAS"), ("entree[nom]", "Un CCAS")],
        &["entree[code]", "entree[population]"],
    ),
    ("RenameCollectivite", &[("id", "2")], &["nom"]),
    (
        "AddDelegation",
        &[("delegation[courriel]", "d@cnfpt.fr"), ("delegation[telephone]", "0561000000")],
        &["delegation[nom]", "delegation[referent_nom]", "delegation[referent_courriel]"],
    ),
    (
        "SaveFormation",
        &[("saisie[code]", "FF-X"), ("faire", "enregistrer")],
        &["saisie[intitule]", "saisie[objectifs]", "saisie[seances][0][lieu]", "saisie[delegation]"],
    ),
    ("ReadFormations", &[], &["parametres[q]", "parametres[du]", "parametres[apres]"]),
    ("InviteMembre", &[("role", "gestionnaire")], &["courriel"]),
    ("InviteService", &[("collectivite", "COMMUNE:31555")], &["courriel"]),
    ("InviteService", &[("courriel", "rh{id}@exemple.fr")], &["collectivite"]),
    ("ReadDemandes", &[], &["parametres[q]", "parametres[collectivite]", "parametres[apres]"]),
];

/// Tables that keep a text as it was typed, to show it again in its field.
const AS_TYPED: [&str; 5] =
    ["brouillon", "brouillon_agent", "formation_saisie", "motif_brouillon", "import_repertoire"];

fn path(nom: &str) -> &'static str {
    acces().find(|declared| declared.nom == nom).unwrap().chemin
}

/// Whether a character must not be in a text for people: a control except line ends, or a mark of direction.
fn harms(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Every text that is kept, with its place.
async fn kept(monde: &Monde) -> Vec<(String, String)> {
    let db = monde.backend.db();
    let columns = match db.backend() {
        DatabaseBackend::Sqlite => {
            "SELECT t.name AS place, c.name AS colonne FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND lower(c.type) LIKE '%text%'"
        }
        _ => {
            "SELECT table_name AS place, column_name AS colonne FROM information_schema.columns \
             WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')"
        }
    };
    let ask =
        async |sql: String| db.connection().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    let mut found = Vec::new();
    for row in ask(columns.to_owned()).await {
        let (table, column): (String, String) =
            (row.try_get("", "place").unwrap(), row.try_get("", "colonne").unwrap());
        if AS_TYPED.contains(&table.as_str()) {
            continue;
        }
        for row in ask(format!("SELECT \"{column}\" FROM \"{table}\" WHERE \"{column}\" IS NOT NULL")).await {
            found.push((format!("{table}.{column}"), row.try_get_by_index(0).unwrap()));
        }
    }
    found
}

/// Makes a request that waits for its decision, or one that was validated. Gives its number.
async fn compte(monde: &Monde, gestion: &mut Navigateur, serial: &mut i64, actif: bool) -> String {
    *serial += 1;
    monde.activated(&format!("p{serial}@exemple.fr")).await;
    let id = serial.to_string();
    if actif {
        gestion.post(path("Validate"), &[("id", &id), ("version", "2")]).await;
    }
    id
}

on_both_engines! {
    async fn what_the_staff_types_is_text_wherever_it_goes(monde: Monde) {
        let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Administrateur).await;
        let mut gestion = Navigateur::new(&monde);
        gestion.sign_in(&connexion);
        let mut serial = 0;
        for (nom, fixed, fields) in FORMS {
            for bad in BAD {
                let needs = |mark: &str| fixed.iter().any(|(_, value)| value.contains(mark));
                let id = match (needs("{id}"), needs("{actif}")) {
                    (false, false) => "1".to_owned(),
                    (_, actif) => compte(&monde, &mut gestion, &mut serial, actif).await,
                };
                let fixed: Vec<_> =
                    fixed.iter().map(|(name, value)| (*name, value.replace("{id}", &id).replace("{actif}", &id))).collect();
                let mut form: Vec<_> = fixed.iter().map(|(name, value)| (*name, value.as_str())).collect();
                form.extend(fields.iter().map(|field| (*field, bad)));
                let page = gestion.post(path(nom), &form).await;
                let what = format!("{nom} with {bad:?}: {} {}", page.status, page.location());
                assert_eq!(page.status, StatusCode::FOUND, "{what}");
                assert!(!page.location().contains("indisponible"), "{what}");
                assert!(!page.headers.keys().any(|name| name == "bcc"), "{what}");
            }
        }
        // The name of somebody who joins the staff.
        for (at, bad) in BAD.iter().enumerate() {
            let courriel = format!("nouveau{at}@cnfpt.fr");
            let link = monde.backend.invite(Role::Gestionnaire, &AdresseCourriel::parse(&courriel).unwrap()).await.unwrap();
            let token = link.rsplit('/').next().unwrap();
            let form = [("token", token), ("nom", *bad), ("mot_de_passe", MOT_DE_PASSE_GESTION)];
            let page = Navigateur::new(&monde).post(path("AcceptInvitation"), &form).await;
            assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/gestion/second-facteur"), "{bad:?}");
        }

        monde.send_mails().await;
        let kept = kept(&monde).await;
        assert!(kept.iter().any(|(place, text)| place.starts_with("note.") && text.contains("Zorn")), "nothing was kept");
        for (place, text) in &kept {
            assert!(!text.contains(harms), "{place}: {text:?}");
        }
        let received = monde.boite.received();
        assert!(received.iter().any(|mail| mail.text.contains("HYPERLINK")), "what was typed is in a mail");
        for mail in &received {
            assert!(!mail.subject.contains(char::is_control) && !mail.to.contains(char::is_control), "{mail:?}");
            assert!(!mail.text.contains(harms), "{mail:?}");
        }
        for page in ["/gestion/demandes?statut=tous", "/gestion/demandes/1", "/gestion/motifs", "/gestion/equipe", "/gestion/collectivites?q=zorn"] {
            let page = gestion.get(page).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.html.contains("<b onclick"), "{}", page.html);
        }
    }

    async fn no_cell_of_a_file_that_leaves_is_run(monde: Monde) {
        let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Administrateur).await;
        let anne = monde.activated("anne@exemple.fr").await;
        // An older version, or a hand in the database, could have left these texts.
        for (at, start) in ["=1+1", "+33", "-1", "@somme", "\t=1", "a;\"b\"\r\n=1"].into_iter().enumerate() {
            let column = ["nom", "prenom", "nom", "prenom", "nom", "prenom"][at];
            let sql = format!("UPDATE compte SET {column} = $1 WHERE id = 1");
            let sql = if monde.backend.db().backend() == DatabaseBackend::Sqlite { sql.replace("$1", "?") } else { sql };
            let db = monde.backend.db();
            db.connection().execute_raw(Statement::from_sql_and_values(db.backend(), sql, [start.into()])).await.unwrap();
            // The export allows five files an hour, and an idle connexion ends after half an hour.
            for (connexion, file) in [(&connexion, "/gestion/demandes.csv?statut=tous"), (&anne, "/mon-compte/donnees.csv")] {
                let mut navigateur = Navigateur::new(&monde);
                navigateur.sign_in(connexion);
                monde.clock.advance(450_000);
                let page = navigateur.get(file).await;
                assert_eq!(page.status, StatusCode::OK, "{file}");
                let text = page.html.strip_prefix('\u{feff}').unwrap();
                let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(text.as_bytes());
                let cells: Vec<String> =
                    reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
                // A copy for its person shows a text as it would be read again: several blanks become one.
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                let there = cells.iter().any(|cell| words(cell.trim_start_matches('\'')) == words(start));
                assert!(there, "{file}: {start:?} {cells:?}");
                for cell in &cells {
                    assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']), "{file}: {cell:?}");
                }
            }
        }
    }
}
