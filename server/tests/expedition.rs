use app::areas::gestion::courriels::{Expedition, VoletCourriels};
use app::areas::gestion::dossiers::EtatCourriel;
use app::base::appelants::Role;
use server::clock::HOUR;
use server::mail::SendError;

use super::equipe::administrateur;
use super::support::Navigateur;

on_both_engines! {
    async fn the_outbox_says_where_each_mail_is_and_why(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let page = async |volet| monde.backend.outbox_page(&camille, volet, None).await.unwrap();
        monde.submit("anne@exemple.fr").await;
        let queued = page(VoletCourriels::EnFile).await;
        assert_eq!(queued.compteurs, [1, 0, 0, 0]);
        assert_eq!(queued.lignes[0].destinataire.as_deref(), Some("a•••@exemple.fr"));
        monde.boite.fail_next([SendError::Temporary("451 plus tard".to_owned())]);
        monde.send_mails().await;
        let put_off = page(VoletCourriels::Differes).await;
        assert!(matches!(&put_off.lignes[0].etat, EtatCourriel::Differe { pourquoi, .. } if pourquoi == "451 plus tard"));
        monde.clock.advance(60_000);
        monde.boite.fail_next([SendError::Recipient("550 inconnu".to_owned())]);
        monde.send_mails().await;
        let dead = page(VoletCourriels::Abandonnes).await;
        assert_eq!(dead.compteurs, [0, 0, 1, 0]);
        let again = async || monde.backend.requeue(&camille, dead.lignes[0].id).await.unwrap();
        let (one, other) = tokio::join!(again(), again());
        assert!(one != other, "sent again once");
        monde.send_mails().await;
        assert_eq!(page(VoletCourriels::Remis).await.compteurs, [0, 0, 0, 1]);
        assert!(!again().await);
    }

    async fn nothing_leaves_while_the_outbox_is_paused(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        monde.backend.pause(&ada).await.unwrap();
        monde.backend.pause(&ada).await.unwrap();
        monde.submit("anne@exemple.fr").await;
        monde.send_mails().await;
        assert!(monde.boite.received().is_empty());
        let page = monde.backend.outbox_page(&camille, VoletCourriels::EnFile, None).await.unwrap();
        assert_eq!(page.pause.map(|pause| pause.par), Some("Ada".to_owned()));
        monde.backend.unpause(&camille).await.unwrap();
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), 1);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action LIKE 'courriels_%'").await, 2);
    }

    async fn a_pause_ends_by_itself_and_can_begin_again(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        monde.backend.pause(&ada).await.unwrap();
        monde.submit("anne@exemple.fr").await;
        let paused = async || monde.backend.outbox_page(&ada, VoletCourriels::EnFile, None).await.unwrap().pause;
        let until = paused().await.unwrap().jusqu_a;
        assert_eq!(until - monde.clock_now(), 4 * HOUR);
        monde.clock.advance(4 * HOUR - 1);
        monde.send_mails().await;
        assert!(monde.boite.received().is_empty());
        monde.clock.advance(1);
        assert_eq!(paused().await, None);
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), 1);
        monde.backend.pause(&ada).await.unwrap();
        assert!(paused().await.is_some());
        // A pause that a wrong clock began keeps no mail back.
        monde.clock.advance(-24 * HOUR);
        assert_eq!(paused().await, None);
    }

    async fn only_administrateurs_pause_mails_and_every_staff_page_says_so(monde: Monde) {
        let ada = monde.staff_connexion("ada@cnfpt.fr", Role::Administrateur).await;
        let camille = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let (mut admin, mut staff) = (Navigateur::new(&monde), Navigateur::new(&monde));
        admin.sign_in(&ada);
        staff.sign_in(&camille);
        let page = admin.get("/gestion/courriels").await;
        assert!(page.html.contains("<details") && page.text().contains("quatre heures au plus"), "it asks: {}", page.html);
        assert!(!staff.get("/gestion/courriels").await.text().contains("Suspendre"));
        let pause = page.action("Suspendre tous les courriels");
        staff.post(&pause, &[]).await;
        assert_eq!(monde.number("SELECT count(*) FROM pause_courriels").await, 0, "a gestionnaire may not");
        admin.post(&pause, &[]).await;
        for path in ["/gestion/demandes", "/gestion/courriels", "/gestion/motifs", "/gestion/statistiques", "/gestion/mes-reglages", "/gestion/collectivites"] {
            let page = staff.get(path).await;
            assert!(page.text().contains("L’envoi des courriels est suspendu par"), "{path}: {}", page.html);
            assert!(page.html.contains("avis alerte"), "{path}");
        }
        let resume = staff.get("/gestion/demandes").await.action("Reprendre l’envoi");
        staff.post(&resume, &[]).await;
        assert!(!staff.get("/gestion/demandes").await.text().contains("suspendu par"));
    }

    async fn pages_of_the_outbox_follow_one_another(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        for at in 0..60 {
            monde.execute(&format!("INSERT INTO courriel (genre, destinataire_cle, cree_le, prochain_essai_le, essais, etat, message_id) VALUES ('reprise', 'x', {at}, 0, 0, 'dead', 'm{at}')")).await;
        }
        let page = async |apres| monde.backend.outbox_page(&camille, VoletCourriels::Abandonnes, apres).await.unwrap();
        let first = page(None).await;
        let second = page(first.suivante).await;
        assert_eq!((first.lignes.len(), second.lignes.len(), second.suivante), (50, 10, None));
        assert!(second.lignes[0].id < first.lignes[49].id);
    }
}
