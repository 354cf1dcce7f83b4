//! Reads a file of sessions: a line a séance, the lines of one code and one number a session.

use std::collections::{BTreeMap, HashMap};

use app::areas::gestion::formations::RapportFormations;
use domain::collectivite::fold;
use domain::formation::lecture::{ATTENTES, Faute, SeanceSaisie, SessionSaisie};
use domain::formation::seance::dates;
use domain::formation::{Attribution, Fuseau, Liberation, Modalite, SessionFormation};

use crate::tableur;

/// The most lines that a file may have.
const LIGNES_MAX: u64 = 20_000;

/// How many sessions, and how many refused lines, the report shows.
const SHOWN: usize = 200;

const COLUMNS: [&str; 9] = ["code", "intitule", "objectifs", "delegation", "places", "limite", "jour", "debut", "fin"];
const MORE: [&str; 20] = [
    "numero",
    "public",
    "prerequis",
    "accessibilite",
    "attribution",
    "attente",
    "attente_max",
    "liberation",
    "par_collectivite",
    "ouverture_jour",
    "ouverture_heure",
    "fuseau",
    "modalite",
    "lieu",
    "voie",
    "complement",
    "code_postal",
    "commune",
    "salle",
    "lien",
];

/// A file that was read.
pub struct Fichier {
    pub report: RapportFormations,
    /// Those of the right lines, in the order of the file.
    pub sessions: Vec<SessionFormation>,
}

/// A line: its number, what it says of its session, its séance.
struct Ligne {
    ligne: u64,
    session: SessionSaisie,
    seance: SeanceSaisie,
}

impl Fichier {
    /// Reads a file. `delegations`: the id of each active one, by its name.
    pub fn read(contenu: &str, delegations: &HashMap<String, i64>) -> Self {
        let mut report = RapportFormations::default();
        let mut refused: BTreeMap<u64, Vec<String>> = BTreeMap::new();
        let mut sessions = Vec::new();
        let Some(lignes) = tableur::lignes_with_more(contenu, &COLUMNS, &MORE) else {
            let columns = COLUMNS.join(", ");
            let why = format!(
                "les colonnes {columns} sont attendues, chacune une fois, séparées par des virgules ou des points-virgules."
            );
            report.lues = 1;
            refused.insert(1, vec![why]);
            return Self { report: told(report, refused), sessions };
        };
        // The place of each session of the file, by its code and its number there.
        let mut places: HashMap<(String, String), usize> = HashMap::new();
        let mut groups: Vec<Vec<Ligne>> = Vec::new();
        for (ligne, cells) in lignes {
            report.lues += 1;
            if report.lues > LIGNES_MAX {
                refused.insert(ligne, vec![format!("un fichier a 20\u{a0}000 lignes au plus\u{a0}: coupez-le.")]);
                break;
            }
            let Some(cells) = cells else {
                refused.insert(ligne, vec!["cette ligne n’a pas autant de cellules que la première.".to_owned()]);
                continue;
            };
            let (numero, read) = line(ligne, &cells);
            let key = (read.session.code.trim().to_uppercase(), fold(&numero));
            let at = *places.entry(key).or_insert(groups.len());
            match groups.get_mut(at) {
                Some(group) => group.push(read),
                None => groups.push(vec![read]),
            }
        }
        for group in groups {
            match session(&group, delegations) {
                Ok(session) => {
                    if report.exemples_creees.len() < SHOWN {
                        report.exemples_creees.push((said_lines(&group), said(&session)));
                    }
                    report.creees += 1;
                    sessions.push(session);
                }
                Err(fautes) => {
                    for (ligne, why) in fautes {
                        refused.entry(ligne).or_default().push(why);
                    }
                }
            }
        }
        Self { report: told(report, refused), sessions }
    }
}

/// The report with its refused lines.
fn told(mut report: RapportFormations, refused: BTreeMap<u64, Vec<String>>) -> RapportFormations {
    report.refusees = refused.len() as u64;
    report.exemples_refusees = refused.into_iter().take(SHOWN).map(|(line, why)| (line, why.join(" "))).collect();
    report
}

/// The number that a line has in the file, and what it says.
fn line(ligne: u64, cells: &[String]) -> (String, Ligne) {
    let cell = |name: &str| {
        let at = COLUMNS.iter().chain(&MORE).position(|column| *column == name);
        at.and_then(|at| cells.get(at)).cloned().unwrap_or_default()
    };
    let coded = |raw: String, known: &[(&str, &str)], default: &str| match raw.trim() {
        "" => default.to_owned(),
        typed => {
            let found = known.iter().find(|(code, label)| [fold(code), fold(label)].contains(&fold(typed)));
            found.map_or(raw, |(code, _)| (*code).to_owned())
        }
    };
    let attente_max = cell("attente_max");
    let session = SessionSaisie {
        code: cell("code"),
        intitule: cell("intitule"),
        objectifs: cell("objectifs"),
        public: cell("public"),
        prerequis: cell("prerequis"),
        accessibilite: cell("accessibilite"),
        delegation: cell("delegation"),
        places: cell("places"),
        attribution: coded(cell("attribution"), &Attribution::ALL.map(|known| (known.code(), known.label())), ""),
        attente: coded(cell("attente"), &ATTENTES, ""),
        attente_max,
        liberation: coded(cell("liberation"), &Liberation::ALL.map(|known| (known.code(), known.label())), ""),
        par_collectivite: cell("par_collectivite"),
        ouverture_jour: cell("ouverture_jour"),
        ouverture_heure: cell("ouverture_heure"),
        limite: cell("limite"),
        seances: Vec::new(),
    };
    let fuseau = cell("fuseau");
    let bare = fold(&fuseau);
    let bare =
        ["heure de la ", "heure de ", "la "].into_iter().find_map(|start| bare.strip_prefix(start)).unwrap_or(&bare);
    let fuseau = match Fuseau::ALL.into_iter().find(|known| known.code() == bare) {
        Some(known) => known.code().to_owned(),
        None => fuseau,
    };
    let modalites = Modalite::SEANCES.map(|known| (known.code(), known.label()));
    let seance = SeanceSaisie {
        jour: cell("jour"),
        debut: cell("debut"),
        fin: cell("fin"),
        fuseau,
        modalite: coded(cell("modalite"), &modalites, Modalite::Presentiel.code()),
        lieu: cell("lieu"),
        voie: cell("voie"),
        complement: cell("complement"),
        code_postal: cell("code_postal"),
        commune: cell("commune"),
        salle: cell("salle"),
        lien: cell("lien"),
    };
    (cell("numero"), Ligne { ligne, session, seance })
}

/// What a line says of its session, column by column.
fn columns(session: &SessionSaisie) -> [(&'static str, &str); 15] {
    [
        ("intitule", &session.intitule),
        ("objectifs", &session.objectifs),
        ("public", &session.public),
        ("prerequis", &session.prerequis),
        ("accessibilite", &session.accessibilite),
        ("delegation", &session.delegation),
        ("places", &session.places),
        ("attribution", &session.attribution),
        ("attente", &session.attente),
        ("attente_max", &session.attente_max),
        ("liberation", &session.liberation),
        ("par_collectivite", &session.par_collectivite),
        ("ouverture_jour", &session.ouverture_jour),
        ("ouverture_heure", &session.ouverture_heure),
        ("limite", &session.limite),
    ]
}

/// The session of some lines, or why lines are refused.
fn session(group: &[Ligne], delegations: &HashMap<String, i64>) -> Result<SessionFormation, Vec<(u64, String)>> {
    let Some(first) = group.first() else { return Err(Vec::new()) };
    let mut refused = Vec::new();
    for other in &group[1..] {
        for ((column, said), (_, before)) in columns(&other.session).into_iter().zip(columns(&first.session)) {
            if !said.is_empty() && said != before {
                let why = format!("{column} n’est pas comme à la ligne {}, la première de la session.", first.ligne);
                refused.push((other.ligne, why));
            }
        }
    }
    let mut saisie = first.session.clone();
    let or = |text: &mut String, default: &str| {
        if text.trim().is_empty() {
            *text = default.to_owned();
        }
    };
    or(&mut saisie.attribution, Attribution::default().code());
    or(&mut saisie.liberation, Liberation::default().code());
    or(&mut saisie.attente, if first.session.attente_max.trim().is_empty() { "libre" } else { "limitee" });
    saisie.seances = group.iter().map(|ligne| ligne.seance.clone()).collect();
    let named = saisie.delegation.split_whitespace().collect::<Vec<_>>().join(" ");
    saisie.delegation = match delegations.get(&named) {
        Some(id) => id.to_string(),
        None if named.is_empty() => String::new(),
        None => {
            refused.push((
                first.ligne,
                format!("delegation\u{a0}: aucune délégation active ne se nomme «\u{a0}{named}\u{a0}»."),
            ));
            // The rest of the line is read all the same.
            "1".to_owned()
        }
    };
    match saisie.read() {
        Ok(session) if refused.is_empty() => Ok(session),
        Ok(_) => Err(refused),
        Err(fautes) => {
            refused.extend(fautes.into_iter().map(|faute| placed(group, first, &faute)));
            Err(refused)
        }
    }
}

/// The line of a fault, and its words with the name of its column.
fn placed(group: &[Ligne], first: &Ligne, faute: &Faute) -> (u64, String) {
    let seance = faute.champ.strip_prefix("seances-").and_then(|rest| {
        let (at, column) = rest.split_once('-')?;
        Some((group.get(at.parse::<usize>().ok()?)?.ligne, column))
    });
    let (ligne, column) = seance.unwrap_or((first.ligne, &faute.champ));
    (ligne, format!("{column}\u{a0}: {}", faute.message))
}

/// « ligne 2 », « lignes 2, 3 et 5 ».
fn said_lines(group: &[Ligne]) -> String {
    let numbers: Vec<String> = group.iter().map(|ligne| ligne.ligne.to_string()).collect();
    match numbers.as_slice() {
        [] => String::new(),
        [one] => format!("ligne {one}"),
        [before @ .., last] => format!("lignes {} et {last}", before.join(", ")),
    }
}

fn said(session: &SessionFormation) -> String {
    let seances = match session.seances.len() {
        1 => "1 séance".to_owned(),
        count => format!("{count} séances"),
    };
    format!("{} ({}), {}, {seances}", session.intitule, session.code.as_str(), dates(&session.seances))
}
