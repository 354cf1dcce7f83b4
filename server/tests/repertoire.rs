use std::fmt::Write as _;

use app::areas::gestion::annuaire::{
    AjoutRepertoire, EntreeRepertoire, EntreeSaisie, ImportRepertoire, RapportImport, Repertoire,
};
use app::base::appelants::Gestionnaire;
use app::onglet::annuaire::Annuaire;
use sea_orm::ConnectionTrait;
use server::clock::HOUR;
use server::persistence::fiche::Fiche;
use server::persistence::imports::Preparee;
use server::persistence::{annuaire_chargement, imports};

use super::support::Monde;

const HEADER: &str = "type,code,nom,siren,departement,codes_postaux,population\n";

async fn report(monde: &Monde, by: &Gestionnaire, file: &[u8]) -> (String, RapportImport) {
    let id = monde.backend.stage(by, file).await.unwrap().expect("a text");
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
                    COMMUNE;31555;Toulouse-Métropole;213105554;31;31000 31100 31200;514819\r\n\
                    CCAS;31395;\"CCAS de Muret\";;31;31600;\r\n\
                    GENERIQUE_INTERVENANTS;cnfpt-31;Cnfpt-employeur Generique Intervenants (31);;31;;0\r\n";
        let (id, report_of) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!((report_of.lues, report_of.ajoutees, report_of.renommees, report_of.inchangees), (3, 1, 1, 1));
        let said = "Toulouse → Toulouse-Métropole (COMMUNE:31555)\u{a0}: SIREN vide → 213105554";
        assert_eq!(report_of.exemples_renommees, [(2, said.to_owned() + ", codes postaux 31000 31100 → 31000 31100 31200")]);
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
        monde.execute("UPDATE collectivite SET siren = '217500016' WHERE code = '38185'").await;
        for (line, why) in [
            ("MAIRIE,1,A,,31,31000,1", "Le type"),
            ("COMMUNE,,A,,31,31000,1", "Le code"),
            ("COMMUNE,1,A,,31,31000,1", "Le code d’une commune"),
            ("COMMUNE,31001,,,31,31000,1", "Le nom"),
            ("COMMUNE,31001,A,213105555,31,31000,1", "Le SIREN"),
            ("COMMUNE,31001,A,,3100,31000,1", "Le département"),
            ("COMMUNE,31001,A,,XYZ,31000,1", "Le département"),
            ("COMMUNE,31001,A,,31,310,1", "Chaque code postal"),
            ("COMMUNE,31001,A,,31,31000,beaucoup", "La population"),
            ("COMMUNE,31001,A,,31,31000", "cette ligne n’a pas ses sept colonnes"),
            ("COMMUNE,31001,A,200000172,31,31000,1", "le SIREN 200000172 est déjà à la ligne 2."),
            ("COMMUNE,31001,A,217500016,31,31000,1", "le SIREN 217500016 est celui de Grenoble (COMMUNE:38185)."),
            ("CCAS,1,B,,31,31000,1", "CCAS:1 est déjà à la ligne 2."),
        ] {
            let (id, report) = report(&monde, &camille, format!("{HEADER}CCAS,1,CCAS,200000172,31,,\n{line}\n").as_bytes()).await;
            assert_eq!((report.lues, report.refusees), (2, 1), "{line}");
            assert!(report.exemples_refusees[0].1.starts_with(why), "{line}: {report:?}");
            assert_eq!(report.exemples_refusees[0].0, 3);
            assert_eq!(monde.backend.import(&camille, &id).await.unwrap(), ImportRepertoire::Refuse);
        }
        assert_eq!(names(&monde, "ccas").await, Vec::<String>::new());
        // The file is as Excel writes it.
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
        monde.execute("UPDATE collectivite SET siren = '213105554' WHERE code = '31555'").await;
        let taken = EntreeSaisie { code: text("SDIS32"), siren: text("213 105 554"), ..typed.clone() };
        assert_eq!(monde.backend.add_entry(&camille, &taken).await.unwrap(), AjoutRepertoire::Refusee(vec!["siren_pris"]));
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

    async fn a_file_as_a_spreadsheet_leaves_it_is_put_right_and_told(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        monde.execute("UPDATE collectivite SET code = '01001', nom = 'L''Abergement', siren = '210100012', departement = '01', codes_postaux = ' 01400 ', population = 860 WHERE code = '38185'").await;
        let file = "sep=;\r\nTYPE;Code;Nom;SIREN;Département;Codes postaux;Population\r\n;;;;;;\r\n\
                    COMMUNE;1001;L'Abergement;210100012;1;1400;832\r\n;;;;;;\r\n";
        let utf16: Vec<u8> = format!("\u{feff}{}", file.replace(';', "\t").replace("sep=\t\r\n", "")).encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (_, unicode) = report(&monde, &camille, &utf16).await;
        let (id, told) = report(&monde, &camille, file.as_bytes()).await;
        assert_eq!((unicode.lues, unicode.changees, unicode.rectifiees, unicode.windows), (1, 1, 1, false));
        assert_eq!((told.lues, told.ajoutees, told.changees, told.rectifiees, told.refusees), (1, 0, 1, 1, 0));
        let put_right = "L'Abergement (COMMUNE:01001)\u{a0}: code 1001 → 01001, département 1 → 01, codes postaux 1400 → 01400";
        assert_eq!(told.exemples_rectifiees, [(4, put_right.to_owned())]);
        assert_eq!(told.exemples_changees, [(4, "L'Abergement (COMMUNE:01001)\u{a0}: population 860 → 832".to_owned())]);
        assert!(matches!(monde.backend.import(&camille, &id).await.unwrap(), ImportRepertoire::Ecrit(_)));
        assert_eq!(monde.number("SELECT count(*) FROM collectivite WHERE nom LIKE 'L%Abergement%'").await, 1);
        assert_eq!(monde.backend.stage(&camille, b"PK\x03\x04 a workbook").await.unwrap(), None);
    }

    async fn an_import_or_a_renaming_keeps_what_another_transaction_wrote(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let id = monde.number("SELECT id FROM collectivite WHERE code = '31555'").await;
        // A renaming does not undo what another transaction is writing.
        let other = monde.backend.db().begin().await.unwrap();
        let changed = "UPDATE collectivite SET siren = '213105554', population = 7 WHERE code = '31555'";
        other.execute_unprepared(changed).await.unwrap();
        let committed = async {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            other.commit().await.unwrap();
        };
        let (renamed, ()) = tokio::join!(monde.backend.rename_entry(&camille, id, "Tolosa"), committed);
        assert!(renamed.unwrap());
        let entry = monde.backend.entry(&camille, id).await.unwrap().unwrap();
        assert_eq!((entry.nom.as_str(), entry.siren.as_str(), entry.population), ("Tolosa", "213105554", 7));

        let prepared = |avant: EntreeRepertoire| {
            let fiche = Fiche { cle: avant.cle.clone(), nom: "Autre".to_owned(), siren: String::new(), departement: "31".to_owned(), codes_postaux: String::new(), population: 9 };
            Preparee { ligne: 2, fiche, anciens_noms: Vec::new(), avant: Some(avant) }
        };
        let db = monde.backend.db();
        let stale = EntreeRepertoire { siren: String::new(), ..entry.clone() };
        imports::add(db, "ancien", 0, vec![prepared(stale)]).await.unwrap();
        imports::add(db, "juste", 0, vec![prepared(entry)]).await.unwrap();
        for (lot, changed) in [("ancien", 0), ("juste", 1), ("juste", 0)] {
            let write = db.begin().await.unwrap();
            assert_eq!(imports::switch(&*write, lot).await.unwrap(), (changed, 0), "{lot}");
            write.commit().await.unwrap();
        }
        // The purge removes the lines that a stopped server left.
        imports::purge(db, monde.clock_now()).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM import_fiche").await, 0);
    }

    async fn a_gestionnaire_keeps_two_files_at_most(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let autre = monde.gestionnaire("autre@cnfpt.fr", "Autre").await;
        let (others, _) = report(&monde, &autre, HEADER.as_bytes()).await;
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(report(&monde, &camille, HEADER.as_bytes()).await.0);
            monde.clock.advance(1);
        }
        let mut kept = Vec::new();
        for id in &ids {
            kept.push(monde.backend.import_report(&camille, id).await.unwrap().is_some());
        }
        assert_eq!(kept, [false, false, true, true]);
        assert!(monde.backend.import_report(&autre, &others).await.unwrap().is_some());
    }

    async fn others_write_while_a_large_file_is_imported(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let mut file = HEADER.to_owned();
        for at in 0..80_000 {
            writeln!(file, "SYNDICAT,S{at},Syndicat des eaux n° {at},,31,31000,{at}").unwrap();
        }
        let (id, _) = report(&monde, &camille, file.as_bytes()).await;
        let importing = monde.backend.import(&camille, &id);
        let others = async {
            let mut longest = std::time::Duration::ZERO;
            for _ in 0.. {
                let start = tokio::time::Instant::now();
                let write = monde.backend.db().begin().await.expect("a turn comes within two seconds");
                drop(write);
                longest = longest.max(start.elapsed());
                if monde.number("SELECT count(*) FROM import_repertoire").await == 0 {
                    break;
                }
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            longest
        };
        let (imported, longest) = tokio::join!(importing, others);
        assert!(matches!(imported.unwrap(), ImportRepertoire::Ecrit(_)));
        assert_eq!(monde.number("SELECT count(*) FROM collectivite WHERE type = 'SYNDICAT'").await, 80_000);
        assert_eq!(monde.number("SELECT count(*) FROM import_fiche").await, 0);
        assert!(longest.as_millis() < 1_500, "{longest:?}");
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

/// Kilobytes of this process: `VmRSS` now, `VmHWM` at the highest.
fn memory(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap();
    line.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap()
}

/// Measures the memory of its own process, so the test below runs it in a process of its own.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "another test runs it alone"]
async fn the_report_of_one_line_measured_alone() {
    let monde = Monde::on_sqlite().await;
    monde.execute("DELETE FROM collectivite").await;
    assert!(annuaire_chargement::load(monde.backend.db(), |_| ()).await.unwrap() > 36_000);
    let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = memory("VmRSS");
    let line = format!("{HEADER}COMMUNE,31555,Toulouse,213105554,31,31000,1\n");
    let (id, told) = report(&monde, &camille, line.as_bytes()).await;
    assert_eq!(told.changees, 1);
    assert!(matches!(monde.backend.import(&camille, &id).await.unwrap(), ImportRepertoire::Ecrit(_)));
    let peak = memory("VmHWM");
    assert!(peak < before + 20 * 1_024, "{before} kB, then {peak} kB");
}

#[test]
fn a_file_of_one_line_reads_one_entry_and_not_the_directory() {
    let alone = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "repertoire::the_report_of_one_line_measured_alone", "--ignored"])
        .output()
        .unwrap();
    assert!(alone.status.success(), "{}", String::from_utf8_lossy(&alone.stdout));
    assert!(String::from_utf8_lossy(&alone.stdout).contains("1 passed"));
}
