use app::areas::acces::Lien;
use app::areas::inscription::{Brouillons, EnvoiLien, Inscriptions, Reprise, Reprises};
use app::base::exchange::{Client, DraftKey};
use domain::Etape;
use futures::future::join_all;
use server::clock::DAY;
use server::jobs::purge;

use super::support::Monde;

const DATE: &str = "07/03/1980";

/// Asks for a link and gives its token.
async fn mailed(monde: &Monde, key: &DraftKey, courriel: &str) -> String {
    assert_eq!(monde.backend.send_link(&monde.client, key).await.unwrap(), EnvoiLien::Envoye);
    monde.send_mails().await;
    monde.boite.token(courriel, "reprendre")
}

async fn resume(monde: &Monde, token: &str, date: &str) -> Reprise {
    monde.backend.resume(&Client(format!("net of {token} {date}")), token, date).await.unwrap()
}

on_both_engines! {
    async fn a_draft_is_taken_up_again_elsewhere_and_both_go_on(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        let token = mailed(&monde, &key, "anne@exemple.fr").await;
        for _ in 0..3 {
            assert_eq!(monde.backend.open(&token).await.unwrap(), Lien::Vivant(()));
        }
        // The date may be written in several ways. The link serves again, because a browser forgets its key when it
        // closes.
        for date in ["07/03/1980", "7.3.1980", "07031980"] {
            let Reprise::Ouverte(other) = resume(&monde, &token, date).await else { panic!("{date}") };
            assert_ne!(other, key);
            monde.fill(&other, Etape::Adresses, &[("voie", format!("1 rue {date}"))]).await;
            let here = monde.backend.current(&key).await.unwrap().unwrap();
            assert_eq!(here.brouillon.adresses.voie, format!("1 rue {date}"));
            assert_eq!(monde.backend.current(&other).await.unwrap(), Some(here));
        }
        // One browser sends the request, and the other is told.
        let Reprise::Ouverte(other) = resume(&monde, &token, DATE).await else { panic!() };
        monde.backend.submit(&monde.client, &other).await.unwrap();
        assert!(monde.backend.sent(&key).await.unwrap().is_some());
        assert_eq!(monde.number("SELECT count(*) FROM brouillon").await, 1);
    }

    async fn five_wrong_birth_dates_end_the_link(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        let token = mailed(&monde, &key, "anne@exemple.fr").await;
        assert_eq!(resume(&monde, &token, "hier").await, Reprise::Illisible);
        for restants in [4, 3, 2, 1] {
            assert_eq!(resume(&monde, &token, "08/03/1980").await, Reprise::Fausse { restants });
        }
        assert_eq!(resume(&monde, &token, "08/03/1980").await, Reprise::LienMort);
        assert_eq!(resume(&monde, &token, DATE).await, Reprise::LienMort);
        assert_eq!(monde.backend.open(&token).await.unwrap(), Lien::Expire);
        // Another link has its own tries.
        let fresh = mailed(&monde, &key, "anne@exemple.fr").await;
        assert_ne!(fresh, token);
        assert!(matches!(resume(&monde, &fresh, DATE).await, Reprise::Ouverte(_)));
    }

    async fn of_a_crowd_of_guesses_at_once_five_are_compared(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        let token = mailed(&monde, &key, "anne@exemple.fr").await;
        let guesses = (0..12).map(|at| {
            let (backend, token) = (monde.backend.clone(), token.clone());
            tokio::spawn(async move {
                let client = Client(format!("net {at}"));
                backend.resume(&client, &token, &format!("{:02}/04/1980", at + 1)).await.unwrap()
            })
        });
        let outcomes: Vec<_> = join_all(guesses).await.into_iter().map(Result::unwrap).collect();
        let told = outcomes.iter().filter(|outcome| matches!(outcome, Reprise::Fausse { .. })).count();
        assert_eq!(told, 4, "the fifth ends the link: {outcomes:?}");
        assert_eq!(monde.number("SELECT essais FROM reprise").await, 5);
    }

    async fn a_right_birth_date_costs_no_try(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        let token = mailed(&monde, &key, "anne@exemple.fr").await;
        for _ in 0..7 {
            assert!(matches!(resume(&monde, &token, DATE).await, Reprise::Ouverte(_)));
        }
        assert_eq!(monde.number("SELECT essais FROM reprise").await, 0);
    }

    async fn the_link_ends_with_its_draft_its_address_or_seven_days(monde: Monde) {
        let sent = monde.draft("sent@exemple.fr").await;
        let erased = monde.draft("erased@exemple.fr").await;
        let corrected = monde.draft("wrong@exemple.fr").await;
        let idle = monde.draft("idle@exemple.fr").await;
        let kept = monde.draft("kept@exemple.fr").await;
        let mut tokens = Vec::new();
        for (key, name) in [(&sent, "sent"), (&erased, "erased"), (&corrected, "wrong"), (&idle, "idle"), (&kept, "kept")] {
            tokens.push(mailed(&monde, key, &format!("{name}@exemple.fr")).await);
        }
        let Reprise::Ouverte(elsewhere) = resume(&monde, &tokens[1], DATE).await else { panic!() };
        monde.backend.submit(&monde.client, &sent).await.unwrap();
        // The draft is erased from the other browser: it is gone for both.
        monde.backend.erase(&elsewhere).await.unwrap();
        assert_eq!(monde.backend.current(&erased).await.unwrap(), None);
        monde.fill(&corrected, Etape::Coordonnees, &[("courriel", "right@exemple.fr".to_owned())]).await;
        for token in &tokens[..3] {
            assert_eq!(monde.backend.open(token).await.unwrap(), Lien::Expire);
            assert_eq!(resume(&monde, token, DATE).await, Reprise::LienMort);
        }
        monde.passes(6 * DAY).await;
        monde.fill(&kept, Etape::Adresses, &[("voie", "2 rue".to_owned())]).await;
        assert_eq!(monde.backend.open(&tokens[3]).await.unwrap(), Lien::Vivant(()));
        monde.passes(DAY + 1).await;
        for token in &tokens[3..] {
            assert_eq!(monde.backend.open(token).await.unwrap(), Lien::Expire);
        }
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM reprise").await, 1, "the kept one, whose draft lives");
        assert_eq!(monde.number("SELECT count(*) FROM brouillon_cle").await, 0);
        assert_eq!(monde.backend.open("x.y.z").await.unwrap(), Lien::Inconnu);
    }

    async fn a_link_needs_an_address_and_a_birth_date(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        monde.fill(&key, Etape::Identite, &[("date_naissance", "31/02/1980".to_owned())]).await;
        assert_eq!(monde.backend.send_link(&monde.client, &key).await.unwrap(), EnvoiLien::SansDate);
        monde.fill(&key, Etape::Coordonnees, &[("courriel", "anne@".to_owned())]).await;
        assert_eq!(monde.backend.send_link(&monde.client, &key).await.unwrap(), EnvoiLien::SansAdresse);
        let nobody = DraftKey("nobody".to_owned());
        assert_eq!(monde.backend.send_link(&monde.client, &nobody).await.unwrap(), EnvoiLien::BrouillonAbsent);
        assert_eq!(monde.number("SELECT count(*) FROM courriel").await, 0);
    }

    async fn a_draft_gets_two_links_a_day_beside_its_activation_mail(monde: Monde) {
        let key = monde.draft("anne@exemple.fr").await;
        for _ in 0..2 {
            assert_eq!(monde.backend.send_link(&monde.client, &key).await.unwrap(), EnvoiLien::Envoye);
        }
        assert_eq!(monde.backend.send_link(&monde.client, &key).await.unwrap(), EnvoiLien::TropDeCourriels);
        assert_eq!(monde.backend.submit(&monde.client, &key).await.unwrap(), app::areas::inscription::Envoi::Enregistre);
        monde.send_mails().await;
        monde.boite.token("anne@exemple.fr", "activation");
        monde.clock.advance(DAY);
        let key = monde.draft("anne@exemple.fr").await;
        assert_eq!(monde.backend.send_link(&monde.client, &key).await.unwrap(), EnvoiLien::Envoye);
    }

    async fn guesses_are_limited_by_network(monde: Monde) {
        for at in 0..20 {
            assert_eq!(monde.backend.resume(&monde.client, &format!("a.{at}.b"), DATE).await.unwrap(), Reprise::LienMort);
        }
        let over = monde.backend.resume(&monde.client, "a.b.c", DATE).await;
        assert!(matches!(over, Err(app::base::port::Fault::TooMany { .. })), "{over:?}");
    }

    async fn an_address_with_an_account_gets_the_same_answer_and_mail(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        for courriel in ["anne@exemple.fr", "luc@exemple.fr"] {
            let key = monde.draft(courriel).await;
            mailed(&monde, &key, courriel).await;
        }
        let text = |courriel: &str| {
            let mail = monde.boite.about(courriel, "Reprenez votre inscription");
            mail.text.lines().filter(|line| !line.starts_with("http")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(text("anne@exemple.fr"), text("luc@exemple.fr"));
        assert!(text("luc@exemple.fr").concat().contains("22\u{a0}juin"));
    }

    async fn a_mail_still_queued_is_not_sent_to_a_former_address(monde: Monde) {
        let key = monde.draft("wrong@exemple.fr").await;
        monde.backend.send_link(&monde.client, &key).await.unwrap();
        monde.fill(&key, Etape::Coordonnees, &[("courriel", "right@exemple.fr".to_owned())]).await;
        monde.send_mails().await;
        assert_eq!(monde.boite.received().len(), 0);
        assert_eq!(monde.text("SELECT etat FROM courriel").await, "moot");
    }
}
