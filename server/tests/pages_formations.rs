//! A session, a press and what follows, as a browser without script sends and reads them.

use app::base::adresses::{formation_path, preinscription_path};
use axum::http::StatusCode;
use domain::formation::EtatPreinscription::{ListeAttente, Proposee, Retenue};
use domain::formation::lecture::SessionSaisie;
use futures::future::join_all;
use server::persistence::sessions_formation;

use crate::support::Navigateur;
use crate::support::formations::saisie;

on_both_engines! {
    async fn a_press_leads_to_a_page_that_says_what_became_of_it(monde: Monde) {
        let who = monde.formateurs(2).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let page = formation_path(&sessions_formation::address(&session));
        let mut anne = Navigateur::new(&monde);
        anne.sign_in(&monde.signed_in(&who[0]).await);
        let mut brahim = Navigateur::like(&anne);
        brahim.sign_in(&monde.signed_in(&who[1]).await);
        let adresse = sessions_formation::address(&session);
        let form = [("adresse", adresse.as_str()), ("si_complet", "attente"), ("vu", "places")];
        // Both hold the page for the one place.
        assert_eq!(anne.get(&page).await.action("Me préinscrire"), "/api/ask_place");
        assert_eq!(brahim.get(&page).await.action("Me préinscrire"), "/api/ask_place");
        let first = anne.post_from(&page, "/api/ask_place", &form).await;
        let told = anne.get(first.location()).await;
        assert!(told.text().contains("vous avez une place"), "{}", told.text());
        let second = brahim.post_from(&page, "/api/ask_place", &form).await;
        let told = brahim.get(second.location()).await.text();
        assert!(told.contains("La dernière place vient d’être prise. Vous êtes en liste d’attente"), "{told}");
        // Back, and the same form again: no second row.
        let again = anne.post_from(&page, "/api/ask_place", &form).await;
        assert!(again.location().contains("fait=deja"), "{}", again.location());
        assert_eq!(monde.number("SELECT count(*) FROM preinscription").await, 2);
        // Nobody opens another's.
        let theirs = first.location().split('?').next().unwrap().to_owned();
        assert_eq!(brahim.get(&theirs).await.status, StatusCode::NOT_FOUND);
        let reference = theirs.rsplit('/').next().unwrap().to_owned();
        brahim.post("/api/withdraw_preinscription", &[("reference", &reference)]).await;
        assert_eq!(monde.rangs(&session).await, "1 Retenue, 2 ListeAttente");
    }

    async fn an_offer_is_answered_by_a_form_and_opening_its_link_changes_nothing(monde: Monde) {
        let who = monde.formateurs(2).await;
        let session = monde.publiee(&SessionSaisie { places: "1".to_owned(), ..saisie("2026-07-15") }).await;
        let held = monde.entre(&who[0], &session, Retenue).await;
        let waits = monde.entre(&who[1], &session, ListeAttente).await;
        let mut anne = Navigateur::new(&monde);
        anne.sign_in(&monde.signed_in(&who[0]).await);
        let left = anne.post("/api/withdraw_preinscription", &[("reference", &held.to_string())]).await;
        assert!(anne.get(left.location()).await.text().contains("Votre préinscription est annulée."));
        monde.send_mails().await;
        let mut brahim = Navigateur::like(&anne);
        brahim.sign_in(&monde.signed_in(&who[1]).await);
        let page = preinscription_path(&waits.to_string());
        for _ in 0..2 {
            let told = brahim.get(&page).await.text().replace('\u{a0}', " ");
            assert!(told.contains("jusqu’au 17 juin 2026 à 20 h"), "{told}");
        }
        assert_eq!(monde.preinscription(&who[1], waits).await.etat, Proposee);
        let account = brahim.get("/mon-compte").await.text().replace('\u{a0}', " ");
        assert!(account.contains("Une place se libère pour « Animer une formation »"), "{account}");
        let accepted = brahim.post("/api/accept_offer", &[("reference", &waits.to_string())]).await;
        assert!(brahim.get(accepted.location()).await.text().contains("elle est à vous"));
        assert_eq!(monde.preinscription(&who[1], waits).await.etat, Retenue);
        let account = brahim.get("/mon-compte").await.text().replace('\u{a0}', " ");
        assert!(account.contains("mercredi 15 juillet 2026, de 9 h à 17 h, Toulouse"), "{account}");
    }

    async fn two_hundred_plain_forms_at_once_get_what_their_rows_say(monde: Monde) {
        let who = monde.formateurs(200).await;
        let session = monde.publiee(&saisie("2026-07-15")).await;
        let adresse = sessions_formation::address(&session);
        let first = Navigateur::new(&monde);
        let mut browsers = Vec::new();
        for one in &who {
            let mut browser = Navigateur::like(&first);
            browser.sign_in(&monde.signed_in(one).await);
            browsers.push(browser);
        }
        let presses = browsers.into_iter().map(|mut browser| {
            let adresse = adresse.clone();
            tokio::spawn(async move {
                let form = [("adresse", adresse.as_str()), ("si_complet", "attente"), ("vu", "places")];
                browser.post("/api/ask_place", &form).await.location().to_owned()
            })
        });
        let answers = join_all(presses).await;
        let retained = answers.iter().filter(|answer| answer.as_ref().unwrap().contains("fait=retenue")).count();
        let listed = answers.iter().filter(|answer| answer.as_ref().unwrap().contains("fait=derniere")).count();
        assert_eq!((retained, listed), (20, 180));
        for answer in answers {
            let location = answer.unwrap();
            let reference = location.split('?').next().unwrap().rsplit('/').next().unwrap();
            let etat = monde.text(&format!("SELECT etat FROM preinscription WHERE reference = '{reference}'")).await;
            assert_eq!(etat == "Retenue", location.contains("fait=retenue"), "{location} {etat}");
        }
        monde.assert_counted(&session).await;
        assert_eq!(monde.number("SELECT max(rang) FROM preinscription").await, 200, "no gap");
    }
}
