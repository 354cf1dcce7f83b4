use domain::ports::{ChoixMotDePasse, Client, Connexion, Connexions, Espace, Lien, PortError};
use server::clock::{HOUR, MINUTE};

use crate::support::Monde;
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE};

async fn mailed_reset(monde: &Monde) -> String {
    monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
    monde.send_mails().await;
    monde.boite.token("anne@exemple.fr", "mot-de-passe")
}

on_both_engines! {
    async fn a_reset_changes_the_password_ends_every_session_and_says_so(monde: Monde) {
        let former = monde.activated("anne@exemple.fr").await;
        let token = mailed_reset(&monde).await;
        assert_eq!(monde.backend.open_reset(&token).await.unwrap(), Lien::Vivant(()));
        let chosen = monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        let ChoixMotDePasse::Enregistre(session) = chosen else { panic!("{chosen:?}") };
        assert!(monde.backend.formateur(&session).await.unwrap().is_some());
        assert!(monde.backend.formateur(&former).await.unwrap().is_none());
        assert_eq!(monde.backend.open_reset(&token).await.unwrap(), Lien::Utilise);
        let again = monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert_eq!(again, ChoixMotDePasse::LienMort);
        let login = async |password| {
            monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", password).await.unwrap()
        };
        assert_eq!(login(MOT_DE_PASSE).await, Connexion::Refusee);
        assert!(matches!(login(AUTRE_MOT_DE_PASSE).await, Connexion::Ouverte { .. }));
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "a changé");
    }

    async fn a_reset_clears_the_delay_of_every_network(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let login = async || {
            monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", AUTRE_MOT_DE_PASSE).await.unwrap()
        };
        for _ in 0..5 {
            assert_eq!(login().await, Connexion::Refusee);
        }
        assert_eq!(login().await, Connexion::Retardee { minutes: 1 });
        let token = mailed_reset(&monde).await;
        monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert!(matches!(login().await, Connexion::Ouverte { .. }));
    }

    async fn an_address_without_an_account_gets_the_same_answer_and_no_mail(monde: Monde) {
        monde.submit("attente@exemple.fr").await;
        monde.send_mails().await;
        let before = monde.boite.received().len();
        for courriel in ["inconnue@exemple.fr", "attente@exemple.fr", "pas une adresse"] {
            monde.backend.request_reset(&monde.client, courriel).await.unwrap();
        }
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), before);
    }

    async fn three_resets_an_hour_go_to_one_address_known_or_not(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        for courriel in ["anne@exemple.fr", "inconnue@exemple.fr"] {
            for at in 0..3 {
                let client = Client(format!("net {at}"));
                monde.backend.request_reset(&client, courriel).await.unwrap();
            }
            let over = monde.backend.request_reset(&monde.client, courriel).await;
            assert!(matches!(over, Err(PortError::TooMany { .. })), "{over:?}");
        }
    }

    async fn a_reset_link_lives_thirty_minutes_from_its_hand_over(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let token = mailed_reset(&monde).await;
        monde.clock.advance(30 * MINUTE);
        assert_eq!(monde.backend.open_reset(&token).await.unwrap(), Lien::Expire);
        assert_eq!(
            monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap(),
            ChoixMotDePasse::LienMort
        );
    }

    async fn a_reset_mail_still_queued_after_two_hours_is_dropped(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        let before = monde.boite.received().len();
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.clock.advance(2 * HOUR);
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), before);
    }

    async fn a_link_of_one_purpose_is_nothing_to_another(monde: Monde) {
        let activation = monde.submitted("anne@exemple.fr").await;
        assert_eq!(monde.backend.open_reset(&activation).await.unwrap(), Lien::Inconnu);
    }
}
