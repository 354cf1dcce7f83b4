//! Invented accounts, and the list as a file.

use app::areas::gestion::dossiers::{Demandes, Total};
use app::base::appelants::Appelants;
use app::base::exchange::ConnexionToken;
use domain::filtre::FiltreDemandes;
use futures::TryStreamExt;
use server::clock::{Clock, SystemRandom};
use server::demo;
use server::jobs::purge;
use server::security::tokens::SecretKey;

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
