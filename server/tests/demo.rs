//! Invented accounts and sessions of training, and the list as a file.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use app::areas::formations::Catalogue;
use app::areas::gestion::dossiers::{Demandes, Total};
use app::base::appelants::Appelants;
use app::base::exchange::ConnexionToken;
use domain::filtre::FiltreDemandes;
use domain::formation::FiltreCatalogue;
use domain::instant::read_day;
use futures::TryStreamExt;
use server::clock::{Clock, Random, SystemRandom};
use server::demo;
use server::jobs::purge;
use server::security::tokens::SecretKey;

/// The same numbers in each run (splitmix64): what the test expects to see is there each time.
#[derive(Default)]
struct Suite(AtomicU64);

impl Random for Suite {
    fn fill(&self, bytes: &mut [u8]) {
        for bytes in bytes.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            bytes.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..bytes.len()]);
        }
    }
}

on_both_engines! {
    async fn invented_accounts_are_found_like_others_and_never_beside_real_ones(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let (db, now) = (monde.backend.db(), monde.clock.now());
        assert!(!demo::holds_real_accounts(db.connection()).await.unwrap());
        let mut heard = Vec::new();
        demo::fill(db, &SystemRandom, &SecretKey::from_bytes([7; 32]), now, 1_200, |done| heard.push(done)).await.unwrap();
        assert_eq!(heard, [1_200]);
        assert!(!demo::holds_real_accounts(db.connection()).await.unwrap());
        let all = monde.backend.list(&camille, &FiltreDemandes::default()).await.unwrap();
        assert_eq!((all.total, all.lignes.len()), (Total::Exact(1_200), 50));
        // Every file opens, because invented answers read like typed ones.
        for ligne in &all.lignes {
            let name = FiltreDemandes { recherche: format!("{} {}", ligne.prenom, ligne.nom), ..FiltreDemandes::default() };
            let found = monde.backend.list(&camille, &name).await.unwrap().lignes;
            assert!(found.iter().any(|found| found.id == ligne.id), "{}", ligne.nom);
            monde.dossier(&camille, ligne.id).await;
        }
        // No mail leaves, and nothing is old enough to be erased.
        let states = monde.number("SELECT sum(CASE statut WHEN 'EnAttenteActivation' THEN 1 ELSE 10000 END) FROM compte").await;
        let mails = monde.number("SELECT count(*) FROM courriel").await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM courriel").await, mails);
        let after = monde.number("SELECT sum(CASE statut WHEN 'EnAttenteActivation' THEN 1 ELSE 10000 END) FROM compte").await;
        assert_eq!(after, states, "links live that were sent, and what ended is kept for a while");
        monde.send_mails().await;
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE etat = 'queued'").await, 0);
        monde.submit("anne@exemple.fr").await;
        assert!(demo::holds_real_accounts(db.connection()).await.unwrap());
    }

    async fn invented_sessions_could_have_come_about_by_the_rules(monde: Monde) {
        let (db, now, key) = (monde.backend.db(), monde.clock.now(), SecretKey::from_bytes([7; 32]));
        let (mut heard, random) = (Vec::new(), Suite::default());
        for (sessions, preinscriptions) in [(300, 900), (20, 0), (0, 0)] {
            let counts = (sessions, preinscriptions);
            demo::fill_formations(db, &random, &key, now, counts, |done| heard.push(done)).await.unwrap();
        }
        assert_eq!(heard, [300, 20]);
        let counts = [("session_formation", 320), ("preinscription", 900), ("delegation", 10)];
        for (table, expected) in counts {
            assert_eq!(monde.number(&format!("SELECT count(*) FROM {table}")).await, expected, "{table}");
        }
        let of = |states: &str| format!("(SELECT count(*) FROM preinscription p WHERE p.session_id = s.id AND p.etat IN ({states}))");
        let highest = "(SELECT coalesce(max(rang), 0) FROM preinscription p WHERE p.session_id = s.id)";
        let all = "(SELECT count(*) FROM preinscription p WHERE p.session_id = s.id)";
        let wrong = [
            format!("s.avis <> {}", of("'AvisDemande'")),
            format!("s.examen <> {}", of("'Demandee'")),
            format!("s.attente <> {}", of("'ListeAttente'")),
            format!("s.proposees <> {}", of("'Proposee'")),
            format!("s.occupees <> {}", of("'Proposee', 'Retenue'")),
            // Rangs are unique, and the table says so: with as many rows as the highest, none is left out.
            format!("s.dernier_rang <> {highest} OR s.dernier_rang <> {all}"),
            "s.attente > s.attente_max".to_owned(),
            "s.attribution = 'arrivee' AND s.attente > 0 AND s.occupees < s.places".to_owned(),
            "s.attribution = 'arrivee' AND s.examen > 0".to_owned(),
            format!("s.debut < {now} AND s.attente + s.avis + s.examen + s.proposees > 0"),
            format!("s.etat <> 'Publiee' AND {all} > 0"),
            "s.cloture > s.debut OR s.debut >= s.fin OR s.publiee_le > s.cloture".to_owned(),
        ];
        for wrong in wrong {
            assert_eq!(monde.number(&format!("SELECT count(*) FROM session_formation s WHERE {wrong}")).await, 0, "{wrong}");
        }
        // An account is active, and never has two places at the same time.
        let holding = "preinscription p JOIN session_formation s ON s.id = p.session_id AND p.etat IN ('Proposee', 'Retenue')";
        let overlap = format!(
            "SELECT count(*) FROM (SELECT p.compte_id, s.id, s.debut, s.fin FROM {holding}) a \
             JOIN (SELECT p.compte_id, s.id, s.debut, s.fin FROM {holding}) b \
             ON a.compte_id = b.compte_id AND a.id < b.id AND a.debut < b.fin AND b.debut < a.fin"
        );
        assert_eq!(monde.number(&overlap).await, 0);
        let others = "SELECT count(*) FROM preinscription p JOIN compte c ON c.id = p.compte_id WHERE c.statut <> 'Actif'";
        assert_eq!(monde.number(others).await, 0);
        // Every kind of session is there, and opens.
        let mut words = BTreeSet::new();
        let mut filtre = FiltreCatalogue { depuis: read_day("2020-01-01"), ..FiltreCatalogue::default() };
        loop {
            let page = monde.backend.catalogue(&filtre).await.unwrap();
            for ligne in page.lignes {
                let (code, numero) = ligne.adresse.split_once('/').unwrap();
                let fiche = monde.backend.formation(code, numero.parse().unwrap()).await.unwrap().unwrap();
                words.insert(fiche.phase.label().split(" le ").next().unwrap().to_owned());
            }
            match page.suivante {
                Some(key) => filtre.apres = Some(key),
                None => break,
            }
        }
        for word in ["Places disponibles", "Liste d’attente", "Complète", "Préinscriptions closes", "Terminée", "Ouvre"] {
            assert!(words.contains(word), "{word}: {words:?}");
        }
    }

    async fn the_list_leaves_as_a_file_that_runs_nothing(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        demo::fill(monde.backend.db(), &SystemRandom, &SecretKey::from_bytes([7; 32]), monde.clock.now(), 2_100, |_| ()).await.unwrap();
        monde.execute("UPDATE compte SET nom = '=cmd|'' /C calc''!A0' WHERE id = 1").await;
        let lines = monde.backend.export(&camille, &FiltreDemandes::default()).await.unwrap();
        let pieces: Vec<String> = lines.try_collect().await.unwrap();
        assert!(pieces.len() >= 3, "streamed a batch at a time");
        let text = pieces.concat();
        assert_eq!(text.lines().count(), 2_102);
        assert!(text.starts_with("\u{feff}Référence;État;"));
        let first = text.lines().nth(1).unwrap();
        assert!(first.contains(";'=cmd|' /C calc'!A0;") && first.contains("anne@exemple.fr"), "{first}");
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'export' AND champs = 'statut'").await, 1);
        // The export holds only the rows of the filter, and five exports an hour are allowed.
        let filtre = FiltreDemandes { recherche: "anne@exemple.fr".to_owned(), ..FiltreDemandes::default() };
        for _ in 0..4 {
            let lines: Vec<String> = monde.backend.export(&camille, &filtre).await.unwrap().try_collect().await.unwrap();
            assert_eq!(lines.concat().lines().count(), 2);
        }
        assert!(monde.backend.export(&camille, &filtre).await.is_err());
        assert_eq!(monde.backend.gestionnaire(&ConnexionToken::new("personne".to_owned())).await.unwrap(), None);
    }
}
