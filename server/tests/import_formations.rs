//! A file of sessions: a line a séance, all of them or none.

use std::fmt::Write as _;

use app::areas::gestion::annuaire::Repertoire;
use app::areas::gestion::delegations::Delegations;
use app::areas::gestion::formations::{ImportFormations, ImportsFormations, RapportFormations, SessionsFormation};
use app::base::appelants::{Gestionnaire, Role};
use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::formation::{DelegationSaisie, FiltreFormations};
use sea_orm::ConnectionTrait;
use server::clock::HOUR;

use super::support::{Monde, Navigateur};

const HEAD: &str = "code;numero;intitule;objectifs;delegation;places;limite;jour;debut;fin;lieu;commune\n";

async fn camille(monde: &Monde) -> Gestionnaire {
    let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
    let text = str::to_owned;
    let saisie = DelegationSaisie {
        nom: text("Délégation Occitanie"),
        courriel: text("occitanie@cnfpt.fr"),
        telephone: text("0561000000"),
        ..DelegationSaisie::default()
    };
    monde.backend.add_delegation(&camille, &saisie).await.unwrap();
    camille
}

/// Stages a file. Returns its id and its report.
async fn report(monde: &Monde, by: &Gestionnaire, file: &[u8]) -> (String, RapportFormations) {
    let id = monde.backend.stage_formations(by, file).await.unwrap().unwrap();
    let report = monde.backend.formations_report(by, &id).await.unwrap().unwrap();
    (id, report)
}

async fn sessions(monde: &Monde) -> i64 {
    monde.number("SELECT count(*) FROM session_formation").await
}

/// A line of a session of one séance, with its number.
fn one(code: &str, at: usize) -> String {
    format!(
        "{code};{at};Formation {at};Apprendre;Délégation Occitanie;20;2027-03-01;2027-03-12;09:00;17:00;INSET;Foix\n"
    )
}

on_both_engines! {
    async fn a_file_is_looked_at_before_its_sessions_are_added_as_drafts(monde: Monde) {
        let camille = camille(&monde).await;
        let autre = monde.gestionnaire("autre@cnfpt.fr", "Autre").await;
        let file = "\u{feff}Code;Numéro;Intitulé;Objectifs;Délégation;Places;Limite;Jour;Début;Fin;Modalité;Lieu;Lien;Attribution;Attente max;Fuseau\r\n\
                    ff-a;1;Animer;Concevoir;Délégation  Occitanie;20;01/03/2027;12/03/2027;9 h;17 h;Présentiel;INSET;;À l’arrivée;5;\r\n\
                    ff-a;2;Animer;Concevoir;Délégation Occitanie;20;2027-04-01;2027-04-12;9h;12h30;À distance;;;Sur examen;;La Réunion\r\n\
                    FF-A;1;;;;;;13/03/2027;9 h;17 h;presentiel;INSET;;;;heure de Paris\r\n\
                    FF-B;;Évaluer;Évaluer;Délégation Occitanie;12;2027-05-01;2027-05-12;9:00;17:00;;INSET;;;;\r\n";
        let (id, told) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!((told.lues, told.creees, told.refusees, told.windows), (4, 3, 0, false), "{told:?}");
        assert_eq!(told.exemples_creees[0], ("lignes 2 et 4".to_owned(), "Animer (FF-A), du 12\u{a0}mars au 13\u{a0}mars 2027, 2 séances".to_owned()));
        assert_eq!(told.exemples_creees[1].0, "ligne 3");
        assert_eq!(sessions(&monde).await, 0);
        assert_eq!(monde.backend.formations_report(&autre, &id).await.unwrap(), None, "another’s file is nobody else’s");
        assert_eq!(monde.backend.import_formations(&autre, &id).await.unwrap(), ImportFormations::Expire);
        assert_eq!(monde.backend.import_report(&camille, &id).await.unwrap(), None, "it is no file of the directory");

        let (one, two) = tokio::join!(monde.backend.import_formations(&camille, &id), monde.backend.import_formations(&camille, &id));
        let written = [one.unwrap(), two.unwrap()].into_iter().filter(|outcome| *outcome == ImportFormations::Ecrit(3)).count();
        assert_eq!((written, sessions(&monde).await), (1, 3));
        let list = monde.backend.formations(&camille, &FiltreFormations::default()).await.unwrap().lignes;
        let said: Vec<_> = list.iter().map(|ligne| (ligne.adresse.as_str(), ligne.phase.label())).collect();
        assert_eq!(said, [("FF-A/001", "Brouillon".to_owned()), ("FF-A/002", "Brouillon".to_owned()), ("FF-B/001", "Brouillon".to_owned())]);
        let first = monde.backend.edit_formation(&camille, Some(list[0].id)).await.unwrap().unwrap().saisie;
        assert_eq!((first.attribution.as_str(), first.attente.as_str(), first.attente_max.as_str()), ("arrivee", "limitee", "5"));
        assert_eq!(first.seances.len(), 2);
        let second = monde.backend.edit_formation(&camille, Some(list[1].id)).await.unwrap().unwrap().saisie;
        assert_eq!((second.seances[0].fuseau.as_str(), second.seances[0].modalite.as_str()), ("reunion", "distance"));
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'import_formations'").await, 1);
        // The same file again adds the next numbers.
        let (id, _) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!(monde.backend.import_formations(&camille, &id).await.unwrap(), ImportFormations::Ecrit(3));
        assert_eq!(monde.number("SELECT max(numero) FROM session_formation WHERE code = 'FF-A'").await, 4);
        let (id, _) = report(&monde, &camille, file.as_bytes()).await;
        monde.clock.advance(HOUR);
        assert_eq!(monde.backend.import_formations(&camille, &id).await.unwrap(), ImportFormations::Expire);
    }

    async fn one_refused_line_keeps_all_of_them_out(monde: Monde) {
        let camille = camille(&monde).await;
        for (line, at, why) in [
            ("X;1;Animer;Concevoir;Délégation Occitanie;20;2027-03-01;2027-03-12;09:00;17:00;INSET;Foix", 3, "code\u{a0}: Le code"),
            ("FF-B;1;;Concevoir;Délégation Occitanie;20;2027-03-01;2027-03-12;09:00;17:00;INSET;Foix", 3, "intitule\u{a0}: "),
            ("FF-B;1;Animer;Concevoir;Occitanie;20;2027-03-01;2027-03-12;09:00;17:00;INSET;Foix", 3, "delegation\u{a0}: aucune délégation active ne se nomme «\u{a0}Occitanie\u{a0}»."),
            ("FF-B;1;Animer;Concevoir;;20;2027-03-01;2027-03-12;09:00;17:00;INSET;Foix", 3, "delegation\u{a0}: Choisissez"),
            ("FF-B;1;Animer;Concevoir;Délégation Occitanie;0;2027-03-01;2027-03-12;09:00;17:00;INSET;Foix", 3, "places\u{a0}: "),
            ("FF-B;1;Animer;Concevoir;Délégation Occitanie;20;2027-03-13;2027-03-12;09:00;17:00;INSET;Foix", 3, "limite\u{a0}: La date limite est après"),
            ("FF-B;1;Animer;Concevoir;Délégation Occitanie;20;2027-03-01;12 mars;09:00;17:00;INSET;Foix", 3, "jour\u{a0}: "),
            ("FF-B;1;Animer;Concevoir;Délégation Occitanie;20;2027-03-01;2027-03-12;09:00;17:00;INSET", 3, "cette ligne n’a pas autant"),
            ("FF-A;0;;;;;;2027-03-12;10:00;11:00;INSET;Foix", 3, "debut\u{a0}: La séance du 12\u{a0}mars chevauche une autre."),
            ("FF-A;0;Autre;;;;;2027-03-13;10:00;11:00;INSET;Foix", 3, "intitule n’est pas comme à la ligne 2"),
        ] {
            let file = format!("{HEAD}{}{line}\n", one("FF-A", 0));
            let (id, told) = report(&monde, &camille, file.as_bytes()).await;
            assert_eq!((told.lues, told.refusees), (2, 1), "{line}: {told:?}");
            assert_eq!(told.exemples_refusees[0].0, at, "{line}");
            assert!(told.exemples_refusees[0].1.starts_with(why), "{line}: {told:?}");
            assert_eq!(monde.backend.import_formations(&camille, &id).await.unwrap(), ImportFormations::Refuse);
        }
        let (_, told) = report(&monde, &camille, b"code;intitule\nFF-A;Animer").await;
        assert_eq!((told.refusees, told.creees), (1, 0));
        assert!(told.exemples_refusees[0].1.starts_with("les colonnes code, intitule, objectifs"), "{told:?}");
        // The délégation was deactivated between the report and the writing.
        let (id, told) = report(&monde, &camille, format!("{HEAD}{}", one("FF-A", 0)).as_bytes()).await;
        assert_eq!(told.refusees, 0);
        monde.backend.activate_delegation(&camille, 1, 1, false).await.unwrap();
        assert_eq!(monde.backend.import_formations(&camille, &id).await.unwrap(), ImportFormations::Refuse);
        assert_eq!((sessions(&monde).await, monde.number("SELECT count(*) FROM seance").await), (0, 0));
    }

    async fn what_a_spreadsheet_writes_is_read_and_a_workbook_is_not(monde: Monde) {
        let camille = camille(&monde).await;
        let file = format!("{HEAD}{}", one("FF-A", 0));
        let windows = file.replace('é', "\u{1}").into_bytes();
        let windows: Vec<u8> = windows.into_iter().map(|byte| if byte == 1 { 0xe9 } else { byte }).collect();
        let utf16: Vec<u8> = format!("\u{feff}{}", file.replace(';', "\t")).encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, told_windows) in [
            (windows, true),
            (utf16, false),
            (file.replace(';', ",").into_bytes(), false),
            (format!("sep=;\r\n{}", file.replace('\n', "\r\n")).into_bytes(), false),
        ] {
            let (_, told) = report(&monde, &camille, &bytes).await;
            assert_eq!((told.creees, told.refusees, told.windows), (1, 0, told_windows), "{told:?}");
        }
        assert_eq!(monde.backend.stage_formations(&camille, b"PK\x03\x04 a workbook").await.unwrap(), None);
    }

    async fn a_file_has_twenty_thousand_lines_at_most_and_others_write_meanwhile(monde: Monde) {
        let camille = camille(&monde).await;
        let mut file = HEAD.to_owned();
        for at in 0..20_000 {
            write!(file, "{}", one(&format!("FF-{}", at % 500), at)).unwrap();
        }
        let (id, told) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!((told.creees, told.refusees, told.exemples_creees.len()), (20_000, 0, 200), "{:?}", told.exemples_refusees);
        let importing = monde.backend.import_formations(&camille, &id);
        // How long a writer waits is measured apart: here the machine also runs other trials.
        let others = async {
            let mut written = 0;
            while monde.number("SELECT count(*) FROM import_repertoire").await > 0 {
                if let Ok(write) = monde.backend.db().begin().await {
                    write.execute_unprepared("UPDATE delegation SET telephone = telephone").await.unwrap();
                    write.commit().await.unwrap();
                    written += 1;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            written
        };
        let (imported, written) = tokio::join!(importing, others);
        assert!(written > 0, "others write while the lines are read");
        assert_eq!(imported.unwrap(), ImportFormations::Ecrit(20_000));
        assert_eq!((sessions(&monde).await, monde.number("SELECT count(*) FROM seance").await), (20_000, 20_000));
        assert_eq!(monde.number("SELECT max(numero) FROM session_formation").await, 40);

        file.push_str(&one("FF-X", 20_000));
        let (id, told) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!(told.refusees, 1);
        assert_eq!(told.exemples_refusees, [(20_002, "un fichier a 20\u{a0}000 lignes au plus\u{a0}: coupez-le.".to_owned())]);
        assert_eq!(monde.backend.import_formations(&camille, &id).await.unwrap(), ImportFormations::Refuse);
    }

    async fn a_gestionnaire_keeps_two_files_of_a_kind_at_most(monde: Monde) {
        let camille = camille(&monde).await;
        let directory = monde.backend.stage(&camille, b"type;code\n").await.unwrap().unwrap();
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(report(&monde, &camille, HEAD.as_bytes()).await.0);
            monde.clock.advance(1);
        }
        let mut kept = Vec::new();
        for id in &ids {
            kept.push(monde.backend.formations_report(&camille, id).await.unwrap().is_some());
        }
        assert_eq!(kept, [false, true, true]);
        assert!(monde.backend.import_report(&camille, &directory).await.unwrap().is_some());
    }

    async fn a_file_is_sent_seen_and_imported_without_javascript(monde: Monde) {
        camille(&monde).await;
        let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Gestionnaire).await;
        let mut nobody = Navigateur::new(&monde);
        assert_eq!(send_file(&mut nobody, "x").await, "/gestion/connexion?connexion=1");
        let mut gestion = Navigateur::like(&nobody);
        gestion.sign_in(&connexion);
        let page = gestion.get("/gestion/formations/import").await;
        assert!(page.text().contains("Importer des sessions</h1>") && page.html.contains("multipart/form-data"), "{}", page.text());
        assert_eq!(send_file(&mut gestion, "").await, "/gestion/formations/import?erreur=vide");
        assert_eq!(send_file(&mut gestion, &"x".repeat(8 * 1024 * 1024)).await, "/gestion/formations/import?erreur=lourd");
        let refused = send_file(&mut gestion, "PK\u{3}\u{4}").await;
        assert_eq!(refused, "/gestion/formations/import?erreur=classeur");
        assert!(gestion.get(&refused).await.text().contains("Ce fichier est un classeur"));
        let file = format!("{HEAD}{}", one("FF-A", 0).replace("Formation", "<b>Formation"));
        let sent = send_file(&mut gestion, &file).await;
        let page = gestion.get(&sent).await;
        assert!(page.text().contains("ligne 2\u{a0}: &lt;b&gt;Formation 0 (FF-A)"), "{}", page.text());
        let done = gestion.post(&page.action("Importer"), &[("id", &page.hidden("id"))]).await;
        assert_eq!(done.location(), "/gestion/formations?creees=1");
        let page = gestion.get(done.location()).await;
        assert!(page.text().contains("1 session ajoutée") && page.text().contains("FF-A/001"), "{}", page.text());

        let monde = monde.without_preinscription();
        let mut gestion = Navigateur::new(&monde);
        gestion.sign_in(&connexion);
        let sent = send_file(&mut gestion, &file).await;
        assert_eq!(gestion.get(&sent).await.status, StatusCode::NOT_FOUND);
        assert_eq!(monde.number("SELECT count(*) FROM import_repertoire").await, 0);
    }
}

async fn send_file(navigateur: &mut Navigateur, file: &str) -> String {
    let body = format!(
        "--bord\r\ncontent-disposition: form-data; name=\"fichier\"; filename=\"a.csv\"\r\n\r\n{file}\r\n--bord--\r\n"
    );
    let request = Request::post("/gestion/formations/fichier")
        .header("sec-fetch-site", "same-origin")
        .header(CONTENT_TYPE, "multipart/form-data; boundary=bord");
    let page = navigateur.send_with(request, Body::from(body)).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    page.location().to_owned()
}
