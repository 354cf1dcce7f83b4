//! Wrong passwords: each counted, then longer and longer delays, never for ever.

use app::areas::acces::{Authentification, Espace, IssueAuthentification};
use app::base::exchange::Client;
use app::base::port::Fault;
use server::clock::MINUTE;
use server::persistence::compteurs;

use crate::support::donnees::MOT_DE_PASSE;

on_both_engines! {
    async fn two_hundred_wrong_passwords_at_once_are_counted_exactly_then_delayed(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let monde = monde.admitting(1_000);
        for courriel in ["anne@exemple.fr", "inconnue@exemple.fr"] {
            let crowd = (0..200).map(|_| {
                let backend = monde.backend.clone();
                tokio::spawn(async move {
                    let network = Client("192.0.2.77".to_owned());
                    backend.login(&network, Espace::Agent, courriel, "faux faux faux faux").await
                })
            });
            let answers: Vec<_> = futures::future::join_all(crowd).await.into_iter().map(Result::unwrap).collect();
            let refused = answers.iter().filter(|answer| matches!(answer, Ok(IssueAuthentification::Refusee))).count();
            let delayed = answers.iter().filter(|answer| matches!(answer, Ok(IssueAuthentification::Retardee { .. }))).count();
            let busy = answers.iter().filter(|answer| matches!(answer, Err(Fault::Failed { .. }))).count();
            assert_eq!(refused + delayed + busy, 200, "{answers:?}");
            assert!(refused >= 5, "{refused}");
            let counted = monde.number("SELECT max(n) FROM compteur WHERE cle LIKE 'echec:%'").await;
            assert_eq!(counted, i64::try_from(refused).unwrap(), "each that reached the password is counted, once");
            let network = Client("192.0.2.77".to_owned());
            let after = monde.backend.login(&network, Espace::Agent, courriel, MOT_DE_PASSE).await.unwrap();
            assert!(matches!(after, IssueAuthentification::Retardee { minutes: 1..=15 }), "{after:?}");
            monde.execute("DELETE FROM compteur WHERE cle LIKE 'echec:%'").await;
        }
    }

    async fn the_delay_doubles_up_to_fifteen_minutes_and_shuts_nobody_out(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let login = async |courriel: &'static str, password: &'static str| {
            monde.backend.login(&monde.client, Espace::Agent, courriel, password).await.unwrap()
        };
        for courriel in ["anne@exemple.fr", "inconnue@exemple.fr"] {
            for _ in 0..5 {
                assert_eq!(login(courriel, "faux faux faux faux").await, IssueAuthentification::Refusee, "{courriel}");
            }
            for minutes in [1, 2, 4, 8, 15, 15, 15] {
                assert_eq!(login(courriel, MOT_DE_PASSE).await, IssueAuthentification::Retardee { minutes }, "{courriel}");
                monde.clock.advance(i64::from(minutes) * MINUTE - 1);
                assert_eq!(login(courriel, MOT_DE_PASSE).await, IssueAuthentification::Retardee { minutes: 1 }, "{courriel}");
                monde.clock.advance(1);
                assert_eq!(login(courriel, "faux faux faux faux").await, IssueAuthentification::Refusee, "{courriel}");
            }
        }
        monde.clock.advance(15 * MINUTE);
        assert!(matches!(login("anne@exemple.fr", MOT_DE_PASSE).await, IssueAuthentification::Ouverte { .. }));
    }

    async fn two_hundred_failures_at_once_are_two_hundred(monde: Monde) {
        let now = monde.clock_now();
        let failures = (0..200).map(|_| {
            let db = monde.backend.db().clone();
            tokio::spawn(async move {
                let write = db.begin().await.unwrap();
                compteurs::failed(&*write, "echec:x:y", now).await.unwrap();
                write.commit().await.unwrap();
            })
        });
        futures::future::join_all(failures).await.into_iter().for_each(Result::unwrap);
        assert_eq!(monde.number("SELECT n FROM compteur WHERE cle = 'echec:x:y'").await, 200);
        let left = compteurs::delay(monde.backend.db().connection(), "echec:x:y", now).await.unwrap();
        assert_eq!(left, Some(15 * MINUTE));
    }
}
