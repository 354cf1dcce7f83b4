//! Passwords that failed are told to the person when they come in, once.

use app::areas::acces::{
    Authentification, ChoixMotDePasse, Connexions, Espace, EssaisManques, IssueAuthentification, MotsDePasse,
};
use app::areas::gestion::second_facteur::SecondFacteur;
use app::base::appelants::Appelants;
use app::base::exchange::{Client, ConnexionToken};
use server::clock::{Clock, DAY, HOUR, MINUTE};
use server::jobs::purge;

use super::support::{Monde, Navigateur};
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

const KNOWN: &str = "SELECT count(*) FROM essai WHERE connue";
const ALL: &str = "SELECT count(*) FROM essai";

async fn login(monde: &Monde, net: &str, courriel: &str, password: &str) -> IssueAuthentification {
    monde.backend.login(&Client(net.to_owned()), Espace::Agent, courriel, password).await.unwrap()
}

async fn signed_in(monde: &Monde, courriel: &str) -> ConnexionToken {
    match login(monde, "home", courriel, MOT_DE_PASSE).await {
        IssueAuthentification::Ouverte { connexion, .. } => connexion,
        other => panic!("{other:?}"),
    }
}

/// The failures that this connexion tells.
async fn told(monde: &Monde, connexion: &ConnexionToken) -> Option<EssaisManques> {
    let who = monde.backend.connected(connexion).await.unwrap().expect("signed in");
    let open = monde.backend.open_connexions(&who).await.unwrap();
    open.into_iter().find(|open| open.celle_ci).expect("this one").essais
}

on_both_engines! {
    async fn failures_from_every_network_are_told_to_the_next_login_only(monde: Monde) {
        let first = monde.activated("anne@exemple.fr").await;
        monde.activated("brahim@exemple.fr").await;
        for net in ["a", "b", "b"] {
            assert_eq!(login(&monde, net, "anne@exemple.fr", "faux").await, IssueAuthentification::Refusee);
            monde.clock.advance(MINUTE);
        }
        let last = monde.clock.now() - MINUTE;
        assert_eq!(told(&monde, &first).await, None, "it was open before");
        assert_eq!(told(&monde, &signed_in(&monde, "brahim@exemple.fr").await).await, None);
        let connexion = signed_in(&monde, "anne@exemple.fr").await;
        let expected = Some(EssaisManques { nombre: 3, dernier_le: last });
        assert_eq!(told(&monde, &connexion).await, expected);
        assert_eq!(told(&monde, &connexion).await, expected, "until it was seen");
        assert_eq!(told(&monde, &signed_in(&monde, "anne@exemple.fr").await).await, None, "once");
        let who = monde.backend.connected(&connexion).await.unwrap().unwrap();
        monde.backend.failures_seen(&who).await.unwrap();
        assert_eq!(told(&monde, &connexion).await, None);
        assert_eq!(monde.number(ALL).await, 0);
    }

    async fn an_address_that_nobody_has_is_counted_by_the_same_rows(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.submit("attente@exemple.fr").await;
        let rows = async || {
            let mut seen = Vec::new();
            for table in monde.tables().await {
                seen.push((table.clone(), monde.number(&format!("SELECT count(*) FROM {table}")).await));
            }
            seen
        };
        // The counter of the network must exist before the comparison.
        login(&monde, "a", "autre@exemple.fr", "faux").await;
        let mut written = Vec::new();
        for courriel in ["anne@exemple.fr", "inconnue@exemple.fr", "attente@exemple.fr", "pas une adresse"] {
            let before = rows().await;
            assert_eq!(login(&monde, "a", courriel, "faux").await, IssueAuthentification::Refusee);
            let after = rows().await;
            let more: Vec<_> =
                before.iter().zip(&after).filter(|(one, two)| one != two).map(|(one, _)| one.0.clone()).collect();
            written.push(more);
        }
        assert!(written.iter().all(|more| *more == written[0]) && written[0].len() == 2, "{written:?}");
        assert_eq!((monde.number(KNOWN).await, monde.number(ALL).await), (1, 5));
        assert!(monde.found("inconnue@exemple.fr").await.is_empty(), "no address is written");
    }

    async fn a_password_guessed_in_an_open_connexion_is_told_too(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        let who = monde.backend.connected(&connexion).await.unwrap().unwrap();
        monde.backend.change_password(&monde.client, &who, "faux", AUTRE_MOT_DE_PASSE).await.unwrap();
        let next = signed_in(&monde, "anne@exemple.fr").await;
        assert_eq!(told(&monde, &next).await.map(|told| told.nombre), Some(1));
        // A person who changes their password has been told of the failures.
        let who = monde.backend.connected(&next).await.unwrap().unwrap();
        monde.backend.change_password(&monde.client, &who, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert_eq!(monde.number("SELECT CAST(COALESCE(sum(essais), 0) AS bigint) FROM session").await, 0);
    }

    async fn failures_are_told_to_the_staff_only_after_the_code(monde: Monde) {
        monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let client = Client("a".to_owned());
        monde.backend.staff_login(&client, "camille@cnfpt.fr", "faux").await.unwrap();
        // Failures of the same address at the other login page are not the staff's.
        login(&monde, "a", "camille@cnfpt.fr", "faux").await;
        let thief = monde.half_signed_in("camille@cnfpt.fr").await;
        assert_eq!(monde.number("SELECT CAST(COALESCE(sum(essais), 0) AS bigint) FROM session").await, 0, "{thief:?}");
        // The thief tries a code and a recovery code, after the right password.
        let thief = monde.waits(&thief).await;
        monde.backend.prove(&thief, "12345").await.unwrap();
        monde.backend.recover(&client, &thief, "AAAA").await.unwrap();
        let tried_le = monde.clock.now();
        let connexion = monde.through(&monde.half_signed_in("camille@cnfpt.fr").await).await;
        let who = monde.backend.connected(&connexion).await.unwrap().unwrap();
        let open = monde.backend.open_connexions(&who).await.unwrap();
        assert_eq!(open[0].essais.map(|told| told.nombre), Some(1));
        assert_eq!(open[0].codes, Some(EssaisManques { nombre: 2, dernier_le: tried_le }));
        monde.backend.failures_seen(&who).await.unwrap();
        let open = monde.backend.open_connexions(&who).await.unwrap();
        assert_eq!((open[0].essais, open[0].codes), (None, None));
        assert_eq!(monde.number("SELECT count(*) FROM essai WHERE connue").await, 0);
    }

    async fn a_reset_tells_too_and_an_activation_has_nothing_to_tell(monde: Monde) {
        login(&monde, "a", "anne@exemple.fr", "faux").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        assert_eq!((told(&monde, &connexion).await, monde.number(ALL).await), (None, 0));
        login(&monde, "a", "anne@exemple.fr", "faux").await;
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        let token = monde.boite.token("anne@exemple.fr", "mot-de-passe");
        let chosen = monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        let ChoixMotDePasse::Enregistre(connexion) = chosen else { panic!("{chosen:?}") };
        assert_eq!(told(&monde, &connexion).await.map(|told| told.nombre), Some(1));
    }

    async fn what_nobody_comes_to_read_is_forgotten(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        for courriel in ["anne@exemple.fr", "inconnue@exemple.fr"] {
            login(&monde, "a", courriel, "faux").await;
        }
        monde.passes(2 * DAY + HOUR).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!((monde.number(KNOWN).await, monde.number(ALL).await), (1, 1));
        monde.passes(88 * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number(ALL).await, 0);
        login(&monde, "a", "anne@exemple.fr", "faux").await;
        monde.clock.advance(-365 * DAY);
        // After a jump nothing is erased for three lived days.
        for _ in 0..5 {
            purge::once(&monde.backend).await.unwrap();
            monde.clock.advance(DAY);
        }
        assert_eq!(monde.number(ALL).await, 0, "written by a clock that ran ahead");
    }

    async fn an_erased_person_leaves_no_failures(monde: Monde) {
        let connexion = monde.activated("anne@exemple.fr").await;
        login(&monde, "a", "anne@exemple.fr", "faux").await;
        assert_eq!(monde.number(ALL).await, 1);
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let erased = app::areas::compte::DonneesPersonnelles::erase_account(&monde.backend, &monde.client, &who, MOT_DE_PASSE);
        assert_eq!(erased.await.unwrap(), app::areas::compte::IssueEffacement::Efface);
        assert_eq!(monde.number(ALL).await, 0);
    }
}

mod pages {
    use super::*;

    on_both_engines! {
        async fn the_first_page_of_everyone_tells_until_it_was_seen(monde: Monde) {
            monde.activated("anne@exemple.fr").await;
            monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
            monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
            let service = [("espace", "service"), ("courriel", "rh@toulouse.example")];
            let anne = [("espace", "agent"), ("courriel", "anne@exemple.fr")];
            let staff = [("courriel", "camille@cnfpt.fr")];
            for (login, fields, home, change) in [
                ("/", &anne[..], "/mon-compte", "/mon-compte/mot-de-passe"),
                ("/", &service, "/service-formation", "/service-formation/mot-de-passe"),
                ("/gestion/connexion", &staff, "/gestion/demandes", "/gestion/mes-reglages/mot-de-passe"),
            ] {
                let mut navigateur = Navigateur::new(&monde);
                let action = navigateur.get(login).await.action("Se connecter");
                let right = if login == "/" { MOT_DE_PASSE } else { MOT_DE_PASSE_GESTION };
                for password in ["faux", "faux aussi", right] {
                    let fields: Vec<_> = fields.iter().copied().chain([("mot_de_passe", password)]).collect();
                    navigateur.post(&action, &fields).await;
                }
                if login != "/" {
                    monde.clock.advance(MINUTE);
                    let page = navigateur.get("/gestion/second-facteur").await;
                    navigateur.post(&page.action("Continuer"), &[("code", "1")]).await;
                    let code = monde.code_of(1).await;
                    navigateur.post(&page.action("Continuer"), &[("code", &code)]).await;
                }
                let page = navigateur.get(home).await;
                let said = "Depuis votre dernière connexion, 2\u{a0}essais de mot de passe ont échoué (le dernier le ";
                assert!(page.text().contains(said), "{home}: {}", page.text());
                assert_eq!(page.text().contains("Un code faux a suivi votre mot de passe (le "), login != "/", "{home}");
                let linked = format!("Si ce n’était pas vous, <a href=\"{change}\">changez de mot de passe</a>.");
                assert!(page.text().contains(&linked), "{home}: {}", page.text());
                let seen = navigateur.post(&page.action("J’ai compris"), &[]).await;
                assert_eq!(seen.location(), home);
                assert!(!navigateur.get(home).await.text().contains("Depuis votre dernière connexion"), "{home}");
            }
        }
    }
}
