use std::fmt::Write as _;

use domain::ports::{
    AjoutRepertoire, Annuaire, EntreeSaisie, Gestionnaire, ImportRepertoire, RapportImport, Repertoire,
};
use server::clock::HOUR;

use crate::support::Monde;

const HEADER: &str = "type,code,nom,siren,departement,codes_postaux,population\n";

async fn report(monde: &Monde, by: &Gestionnaire, file: &[u8]) -> (String, RapportImport) {
    let id = monde.backend.stage(by, file).await.unwrap();
    let report = monde.backend.import_report(by, &id).await.unwrap().expect("the file is kept");
    (id, report)
}

async fn names(monde: &Monde, text: &str) -> Vec<String> {
    let found = monde.backend.search(&monde.client, text).await.unwrap();
    found.into_iter().map(|entry| entry.nom).collect()
}

on_both_engines! {
    async fn a_file_is_looked_at_before_it_is_written(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let autre = monde.gestionnaire("autre@cnfpt.fr", "Autre").await;
        let file = "\u{feff}type;code;nom;siren;departement;codes_postaux;population\r\n\
                    COMMUNE;31555;Toulouse-Métropole;213105554;31;31000 31100;514819\r\n\
                    CCAS;31395;\"CCAS de Muret\";;31;31600;\r\n\
                    GENERIQUE_INTERVENANTS;cnfpt-31;Cnfpt-employeur Generique Intervenants (31);;31;;0\r\n";
        let (id, report_of) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!((report_of.lues, report_of.ajoutees, report_of.renommees, report_of.inchangees), (3, 1, 1, 1));
        assert_eq!(report_of.exemples_renommees, [(2, "Toulouse → Toulouse-Métropole (COMMUNE:31555)".to_owned())]);
        assert_eq!(names(&monde, "muret").await, Vec::<String>::new());
        assert_eq!(monde.backend.import_report(&autre, &id).await.unwrap(), None, "another’s file is nobody else’s");
        assert_eq!(monde.backend.import(&autre, &id).await.unwrap(), ImportRepertoire::Expire);
        let (one, two) = tokio::join!(monde.backend.import(&camille, &id), monde.backend.import(&camille, &id));
        let written = [one.unwrap(), two.unwrap()].iter().filter(|outcome| matches!(outcome, ImportRepertoire::Ecrit(_))).count();
        assert_eq!(written, 1);
        assert_eq!(names(&monde, "muret").await, ["CCAS de Muret"]);
        assert_eq!(names(&monde, "toulouse metropole").await, ["Toulouse-Métropole"]);
        let (id, again) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!((again.inchangees, again.ajoutees + again.renommees + again.changees), (3, 0));
        monde.clock.advance(HOUR);
        assert_eq!(monde.backend.import(&camille, &id).await.unwrap(), ImportRepertoire::Expire);
    }

    async fn one_refused_line_keeps_all_of_them_out(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        for (line, why) in [
            ("MAIRIE,1,A,,31,31000,1", "Le type"),
            ("COMMUNE,,A,,31,31000,1", "Le code"),
            ("COMMUNE,1,,,31,31000,1", "Le nom"),
            ("COMMUNE,1,A,213105555,31,31000,1", "Le SIREN"),
            ("COMMUNE,1,A,,3100,31000,1", "Le département"),
            ("COMMUNE,1,A,,31,3100,1", "Chaque code postal"),
            ("COMMUNE,1,A,,31,31000,beaucoup", "La population"),
            ("COMMUNE,1,A,,31,31000", "cette ligne n’a pas ses sept colonnes"),
            ("CCAS,1,B,,31,31000,1", "CCAS:1 est déjà à la ligne 2."),
        ] {
            let (id, report) = report(&monde, &camille, format!("{HEADER}CCAS,1,CCAS,,31,,\n{line}\n").as_bytes()).await;
            assert_eq!((report.lues, report.refusees), (2, 1), "{line}");
            assert!(report.exemples_refusees[0].1.starts_with(why), "{line}: {report:?}");
            assert_eq!(report.exemples_refusees[0].0, 3);
            assert_eq!(monde.backend.import(&camille, &id).await.unwrap(), ImportRepertoire::Refuse);
        }
        assert_eq!(names(&monde, "ccas").await, Vec::<String>::new());
        // As Excel writes it.
        let (_, report) = report(&monde, &camille, b"type;code;nom;siren;departement;codes_postaux;population\nCCAS;2;Mont\xe9limar;;26;26200;1\n").await;
        assert!(report.windows && report.exemples_ajoutees[0].1.starts_with("Montélimar"), "{report:?}");
    }

    async fn an_entry_is_added_renamed_and_archived(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let text = str::to_owned;
        let typed = EntreeSaisie { genre: text("SDIS"), code: text("SDIS31"), nom: text("SDIS de la Haute-Garonne"), siren: text("283 100 012"), departement: text("31"), ..EntreeSaisie::default() };
        let wrong = EntreeSaisie { siren: text("283 100 013"), ..typed.clone() };
        assert_eq!(monde.backend.add_entry(&camille, &wrong).await.unwrap(), AjoutRepertoire::Refusee(vec!["siren"]));
        let typed = EntreeSaisie { siren: String::new(), ..typed };
        let AjoutRepertoire::Ajoutee(id) = monde.backend.add_entry(&camille, &typed).await.unwrap() else { panic!() };
        assert_eq!(monde.backend.add_entry(&camille, &typed).await.unwrap(), AjoutRepertoire::Refusee(vec!["connue"]));
        for nom in ["Pompiers 31", "Sapeurs 31", "Pompiers 31"] {
            assert!(monde.backend.rename_entry(&camille, id, nom).await.unwrap());
        }
        let entry = monde.backend.entry(&camille, id).await.unwrap().unwrap();
        assert_eq!(entry.anciens_noms, ["Sapeurs 31", "SDIS de la Haute-Garonne"]);
        for text in ["haute garonne", "sapeurs", "pompiers"] {
            assert_eq!(names(&monde, text).await, ["Pompiers 31"], "{text}");
        }
        assert!(!monde.backend.rename_entry(&camille, id, " ").await.unwrap());
        monde.backend.archive_entry(&camille, id, true).await.unwrap();
        assert!(names(&monde, "pompiers").await.is_empty());
        assert!(monde.backend.entries(&camille, "pompiers").await.unwrap()[0].archivee_le.is_some());
        monde.backend.archive_entry(&camille, id, false).await.unwrap();
        assert_eq!(names(&monde, "pompiers").await.len(), 1);
    }

    async fn fifty_thousand_lines_are_written_in_seconds(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let mut file = HEADER.to_owned();
        for at in 0..50_000 {
            writeln!(file, "SYNDICAT,S{at},Syndicat des eaux n° {at},,31,31000,{at}").unwrap();
        }
        let start = tokio::time::Instant::now();
        let (id, report) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!((report.ajoutees, report.refusees, report.exemples_ajoutees.len()), (50_000, 0, 20));
        assert!(matches!(monde.backend.import(&camille, &id).await.unwrap(), ImportRepertoire::Ecrit(_)));
        assert_eq!(monde.number("SELECT count(*) FROM collectivite WHERE type = 'SYNDICAT'").await, 50_000);
        assert!(start.elapsed().as_secs() < 30);
    }
}
