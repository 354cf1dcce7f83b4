use app::areas::acces::{Authentification, Espace, IssueAuthentification};
use app::base::appelants::{Appelants, Role};
use app::base::exchange::{Client, ConnexionToken};
use app::base::port::Fault;
use server::clock::{HOUR, MINUTE};

use super::support::Monde;
use crate::support::donnees::{MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

async fn login(monde: &Monde, courriel: &str, password: &str) -> IssueAuthentification {
    monde.backend.login(&monde.client, Espace::Agent, courriel, password).await.unwrap()
}

async fn opened(monde: &Monde, courriel: &str) -> ConnexionToken {
    match login(monde, courriel, MOT_DE_PASSE).await {
        IssueAuthentification::Ouverte { connexion, .. } => connexion,
        other => panic!("{other:?}"),
    }
}

on_both_engines! {
    async fn the_right_password_opens_a_connexion_whatever_the_radio(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let service = Espace::ServiceFormation;
        let opened = monde.backend.login(&monde.client, service, " ANNE@exemple.fr ", MOT_DE_PASSE).await.unwrap();
        let IssueAuthentification::Ouverte { connexion, space } = opened else { panic!("{opened:?}") };
        assert_eq!(space, Espace::Agent);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_some());
        assert!(monde.backend.gestionnaire(&connexion).await.unwrap().is_none());
        assert_eq!(monde.number("SELECT count(*) FROM session WHERE token_hash = 'x'").await, 0);
        monde.backend.logout(&connexion).await.unwrap();
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_none());
    }

    async fn wrong_unknown_pending_and_suspended_are_refused_alike(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.submit("attente@exemple.fr").await;
        for (courriel, password) in [
            ("anne@exemple.fr", "faux faux faux faux"),
            ("inconnue@exemple.fr", MOT_DE_PASSE),
            ("attente@exemple.fr", MOT_DE_PASSE),
            ("pas une adresse\0", MOT_DE_PASSE),
        ] {
            assert_eq!(login(&monde, courriel, password).await, IssueAuthentification::Refusee, "{courriel}");
        }
        let connexion = opened(&monde, "anne@exemple.fr").await;
        monde.execute("UPDATE compte SET statut = 'Suspendu' WHERE courriel_cle = 'anne@exemple.fr'").await;
        assert_eq!(login(&monde, "anne@exemple.fr", MOT_DE_PASSE).await, IssueAuthentification::Refusee);
        assert_eq!(monde.backend.formateur(&connexion).await.unwrap(), None);
    }

    async fn five_failures_delay_one_network_and_not_the_others(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        for courriel in ["anne@exemple.fr", "inconnue@exemple.fr"] {
            for _ in 0..5 {
                assert_eq!(login(&monde, courriel, "faux faux faux faux").await, IssueAuthentification::Refusee);
            }
            monde.clock.advance(MINUTE / 2);
            let delayed = login(&monde, courriel, MOT_DE_PASSE).await;
            assert_eq!(delayed, IssueAuthentification::Retardee { minutes: 1 }, "{courriel}");
            monde.clock.advance(MINUTE);
        }
        let elsewhere = Client("198.51.100.7".to_owned());
        let other = monde.backend.login(&elsewhere, Espace::Agent, "anne@exemple.fr", MOT_DE_PASSE).await.unwrap();
        assert!(matches!(other, IssueAuthentification::Ouverte { .. }));
        opened(&monde, "anne@exemple.fr").await;
        // A success begins the count of failures again.
        assert_eq!(login(&monde, "anne@exemple.fr", "faux faux faux faux").await, IssueAuthentification::Refusee);
        opened(&monde, "anne@exemple.fr").await;
    }

    async fn ten_logins_a_minute_come_from_one_network(monde: Monde) {
        for at in 0..10 {
            login(&monde, &format!("{at}@exemple.fr"), "faux").await;
        }
        let over = monde.backend.login(&monde.client, Espace::Agent, "a@exemple.fr", "faux").await;
        assert!(matches!(over, Err(Fault::TooMany { seconds: 1..=60 })), "{over:?}");
        monde.clock.advance(MINUTE);
        assert_eq!(login(&monde, "a@exemple.fr", "faux").await, IssueAuthentification::Refusee);
    }

    async fn a_connexion_ends_idle_after_thirty_minutes_or_after_twelve_hours(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        for _ in 0..24 {
            monde.clock.advance(29 * MINUTE);
            assert!(monde.backend.formateur(&connexion).await.unwrap().is_some());
        }
        monde.clock.advance(12 * HOUR - 24 * 29 * MINUTE);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_none(), "twelve hours");
        let connexion = opened(&monde, "anne@exemple.fr").await;
        monde.clock.advance(30 * MINUTE);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_none(), "idle");
    }

    async fn the_last_use_of_a_connexion_is_written_once_a_minute(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        let seen = monde.number("SELECT vue_le FROM session").await;
        monde.clock.advance(MINUTE - 1);
        monde.backend.formateur(&connexion).await.unwrap();
        assert_eq!(monde.number("SELECT vue_le FROM session").await, seen);
        monde.clock.advance(1);
        monde.backend.formateur(&connexion).await.unwrap();
        assert_eq!(monde.number("SELECT vue_le FROM session").await, seen + MINUTE);
    }

    async fn connexions_of_staff_and_service_formation_end_after_eight_hours(monde: Monde) {
        let staff = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let (_, service) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        for _ in 0..16 {
            monde.clock.advance(29 * MINUTE);
            assert!(monde.backend.gestionnaire(&staff).await.unwrap().is_some());
            assert!(monde.backend.service_formation(&service).await.unwrap().is_some());
        }
        monde.clock.advance(8 * HOUR - 16 * 29 * MINUTE);
        assert_eq!(monde.backend.gestionnaire(&staff).await.unwrap(), None);
        assert_eq!(monde.backend.service_formation(&service).await.unwrap(), None);
    }

    async fn a_connexion_outlives_the_program_that_opened_it(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        let staff = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let again = monde.with_another_key();
        assert!(again.formateur(&connexion).await.unwrap().is_some());
        assert!(again.gestionnaire(&staff).await.unwrap().is_some());
    }

    async fn the_staff_signs_in_apart(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let staff = async |password: &str| {
            monde.backend.staff_login(&monde.client, "camille@cnfpt.fr", password).await.unwrap()
        };
        assert_eq!(staff("faux faux faux faux").await, IssueAuthentification::Refusee);
        let IssueAuthentification::Ouverte { connexion: waiting, .. } = staff(MOT_DE_PASSE_GESTION).await else { panic!() };
        assert_eq!(monde.backend.gestionnaire(&waiting).await.unwrap(), None, "the password alone opens nothing");
        let connexion = monde.through(&waiting).await;
        assert_eq!(monde.backend.gestionnaire(&connexion).await.unwrap(), Some(camille));
        assert_eq!(monde.backend.formateur(&connexion).await.unwrap(), None);
        assert_eq!(login(&monde, "camille@cnfpt.fr", MOT_DE_PASSE_GESTION).await, IssueAuthentification::Refusee);
        monde.execute("UPDATE gestionnaire SET desactive_le = 1").await;
        assert_eq!(monde.backend.gestionnaire(&connexion).await.unwrap(), None);
        assert_eq!(staff(MOT_DE_PASSE_GESTION).await, IssueAuthentification::Refusee);
    }

    async fn a_clock_off_by_years_revives_no_connexion(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        monde.clock.advance(10 * 365 * 24 * HOUR);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_none());
        monde.clock.advance(-20 * 365 * 24 * HOUR);
        assert!(monde.backend.formateur(&connexion).await.unwrap().is_none());
    }
}
