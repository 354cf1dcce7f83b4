use app::areas::acces::{Authentification, ChoixMotDePasse, Espace, IssueAuthentification, Lien};
use app::areas::gestion::courriels::{Expedition, VoletCourriels};
use app::base::appelants::Appelants;
use app::base::exchange::Client;
use app::base::port::Fault;
use argon2::PasswordHasher;
use server::clock::{HOUR, MINUTE};

use super::support::Monde;
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

async fn mailed_reset(monde: &Monde) -> String {
    monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
    monde.send_mails().await;
    monde.boite.token("anne@exemple.fr", "mot-de-passe")
}

/// A hash of the password under parameters that are too weak today.
fn weaker(password: &str) -> String {
    let params = argon2::Params::new(8_192, 1, 1, None).unwrap();
    let argon2id = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
    PasswordHasher::hash_password_with_salt(&argon2id, password.as_bytes(), b"sel de ce test").unwrap().to_string()
}

on_both_engines! {
    async fn a_reset_changes_the_password_ends_every_connexion_and_says_so(monde: Monde) {
        let former = monde.activated("anne@exemple.fr").await;
        let token = mailed_reset(&monde).await;
        assert!(matches!(monde.backend.open_reset(&token).await.unwrap(), Lien::Vivant(_)));
        let chosen = monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        let ChoixMotDePasse::Enregistre(connexion) = chosen else { panic!("{chosen:?}") };
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_some());
        assert!(monde.backend.formateur(&former).await.unwrap().is_none());
        assert_eq!(monde.backend.open_reset(&token).await.unwrap(), Lien::Utilise);
        let again = monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert_eq!(again, ChoixMotDePasse::LienMort);
        let login = async |password| {
            monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", password).await.unwrap()
        };
        assert_eq!(login(MOT_DE_PASSE).await, IssueAuthentification::Refusee);
        assert!(matches!(login(AUTRE_MOT_DE_PASSE).await, IssueAuthentification::Ouverte { .. }));
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "a changé");
    }

    async fn a_login_under_way_while_the_password_changes_opens_nothing(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        for at in 0..4 {
            let (former, chosen) = if at % 2 == 0 { (MOT_DE_PASSE, AUTRE_MOT_DE_PASSE) } else { (AUTRE_MOT_DE_PASSE, MOT_DE_PASSE) };
            monde.clock.advance(HOUR);
            let token = mailed_reset(&monde).await;
            // The reset waits for its hash first: the login has read the former one by then, and proves it afterwards.
            let (reset, login) = tokio::join!(
                monde.backend.reset(&monde.client, &token, chosen),
                monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", former),
            );
            let ChoixMotDePasse::Enregistre(connexion) = reset.unwrap() else { panic!("reset") };
            assert!(monde.backend.formateur(&connexion).await.unwrap().is_some());
            if let IssueAuthentification::Ouverte { connexion, .. } = login.unwrap() {
                assert_eq!(monde.backend.formateur(&connexion).await.unwrap(), None, "a connexion of the former password");
            }
        }
    }

    async fn a_weak_hash_is_replaced_at_the_login_that_proves_it(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let weak = "$argon2id$v=19$m=8192,t=1,p=1$c2VsIGRlIGNlIHRlc3Q$";
        let hash = weaker(MOT_DE_PASSE);
        assert!(hash.starts_with(weak), "{hash}");
        monde.execute(&format!("UPDATE identifiant SET mot_de_passe = '{hash}'")).await;
        let staff = weaker(MOT_DE_PASSE_GESTION);
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.execute(&format!("UPDATE gestionnaire SET mot_de_passe = '{staff}'")).await;
        for _ in 0..2 {
            let login = monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await.unwrap();
            assert!(matches!(login, IssueAuthentification::Ouverte { .. }));
            let login = monde.backend.staff_login(&monde.client, "camille@cnfpt.fr", MOT_DE_PASSE_GESTION).await.unwrap();
            assert!(matches!(login, IssueAuthentification::Ouverte { .. }));
        }
        for table in ["identifiant", "gestionnaire"] {
            let kept = monde.text(&format!("SELECT mot_de_passe FROM {table}")).await;
            assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        }
    }

    async fn twenty_resets_an_hour_come_from_one_network(monde: Monde) {
        for at in 0..20 {
            monde.backend.request_reset(&monde.client, &format!("a{at}@exemple.fr")).await.unwrap();
        }
        let over = monde.backend.request_reset(&monde.client, "b@exemple.fr").await;
        assert!(matches!(over, Err(Fault::TooMany { seconds: 1..=3600 })), "{over:?}");
        assert_eq!(monde.number("SELECT count(*) FROM courriel").await, 20, "nothing was written");
        monde.backend.request_reset(&Client("elsewhere".to_owned()), "b@exemple.fr").await.unwrap();
        monde.clock.advance(HOUR);
        monde.backend.request_reset(&monde.client, "b@exemple.fr").await.unwrap();
    }

    async fn a_reset_clears_the_delay_of_every_network(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let login = async || {
            monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", AUTRE_MOT_DE_PASSE).await.unwrap()
        };
        for _ in 0..5 {
            assert_eq!(login().await, IssueAuthentification::Refusee);
        }
        assert_eq!(login().await, IssueAuthentification::Retardee { minutes: 1 });
        let token = mailed_reset(&monde).await;
        monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert!(matches!(login().await, IssueAuthentification::Ouverte { .. }));
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

    async fn a_fourth_reset_an_hour_answers_alike_and_sends_nothing(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        let before = monde.boite.to("anne@exemple.fr").len();
        for courriel in ["anne@exemple.fr", "inconnue@exemple.fr"] {
            for _ in 0..5 {
                monde.backend.request_reset(&monde.client, courriel).await.unwrap();
            }
        }
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), before + 3);
        assert_eq!(monde.number("SELECT count(*) FROM courriel WHERE genre = 'reinitialisation'").await, 10);
        // A person who asks from elsewhere is not shut out.
        monde.backend.request_reset(&Client("elsewhere".to_owned()), "anne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        assert_eq!(monde.boite.to("anne@exemple.fr").len(), before + 4);
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

    async fn a_reset_mail_that_was_given_up_is_never_sent_again(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.boite.fail_next([server::mail::SendError::Recipient("550 plein".to_owned())]);
        monde.send_mails().await;
        let page = monde.backend.outbox_page(&camille, VoletCourriels::Abandonnes, None).await.unwrap();
        assert!(!page.lignes[0].renvoyable);
        let mails = monde.dossier(&camille, 1).await.courriels;
        assert!(mails.iter().any(|mail| !mail.renvoyable) && mails.iter().any(|mail| mail.renvoyable), "{mails:?}");
        assert!(!monde.backend.requeue(&camille, page.lignes[0].id).await.unwrap());
        // The former version of the program puts the mail back weeks later: its link has aged.
        monde.clock.advance(21 * 24 * HOUR);
        let again = format!("UPDATE courriel SET etat = 'queued', cree_le = {} WHERE etat = 'dead'", monde.clock_now());
        monde.execute(&again).await;
        let before = monde.boite.received().len();
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), before);
    }

    async fn a_link_of_one_purpose_is_nothing_to_another(monde: Monde) {
        let activation = monde.submitted("anne@exemple.fr").await;
        assert_eq!(monde.backend.open_reset(&activation).await.unwrap(), Lien::Inconnu);
    }
}
