//! A person who is signed in changes their password.

use app::areas::acces::{
    Authentification, ChangementMotDePasse, ChoixMotDePasse, Connexions, Espace, Invitations, IssueAuthentification,
    Lien, MotsDePasse,
};
use app::areas::gestion::dossiers::{Decisions, Statuts};
use app::base::appelants::{Appelants, Role};
use app::base::exchange::ConnexionToken;
use domain::valeurs::{AdresseCourriel, MotDePasseRefuse};
use server::clock::{HOUR, MINUTE};

use super::support::{Monde, Navigateur};
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

const AUTRE_MOT_DE_PASSE_GESTION: &str = "douze péniches vertes sous le pont";

async fn change(monde: &Monde, connexion: &ConnexionToken, actuel: &str, nouveau: &str) -> ChangementMotDePasse {
    let who = monde.backend.connected(connexion).await.unwrap().expect("signed in");
    monde.backend.change_password(&monde.client, &who, actuel, nouveau).await.unwrap()
}

async fn changed(monde: &Monde, connexion: &ConnexionToken, actuel: &str, nouveau: &str) -> ConnexionToken {
    match change(monde, connexion, actuel, nouveau).await {
        ChangementMotDePasse::Change(connexion) => connexion,
        other => panic!("{other:?}"),
    }
}

async fn login(monde: &Monde, password: &str) -> IssueAuthentification {
    monde.backend.login(&monde.client, Espace::Agent, "anne@exemple.fr", password).await.unwrap()
}

async fn signed_in(monde: &Monde, password: &str) -> ConnexionToken {
    match login(monde, password).await {
        IssueAuthentification::Ouverte { connexion, .. } => connexion,
        other => panic!("{other:?}"),
    }
}

async fn is_in(monde: &Monde, connexion: &ConnexionToken) -> bool {
    monde.backend.connected(connexion).await.unwrap().is_some()
}

async fn noted(monde: &Monde) -> String {
    monde.text("SELECT acteur FROM journal WHERE action = 'nouveau_mot_de_passe' ORDER BY id DESC LIMIT 1").await
}

on_both_engines! {
    async fn a_changed_password_ends_other_connexions_and_links_and_sends_a_mail(monde: Monde) {
        let elsewhere = monde.activated("anne@exemple.fr").await;
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        let link = monde.boite.token("anne@exemple.fr", "mot-de-passe");
        let here = signed_in(&monde, MOT_DE_PASSE).await;
        monde.backend.arrive(&here, None, "Firefox sur Android").await.unwrap();
        let brahim = monde.activated("brahim@exemple.fr").await;
        let begun = "SELECT expire_le FROM session WHERE navigateur <> ''";
        let until = monde.number(begun).await;
        monde.clock.advance(MINUTE);
        let after = changed(&monde, &here, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE).await;
        assert_ne!(after.secret, here.secret);
        assert!(is_in(&monde, &after).await && is_in(&monde, &brahim).await);
        assert!(!is_in(&monde, &here).await && !is_in(&monde, &elsewhere).await);
        assert_eq!(monde.number(begun).await, until, "the same connexion, no longer than it was");
        assert!(!matches!(monde.backend.open_reset(&link).await.unwrap(), Lien::Vivant(_)));
        assert_eq!(login(&monde, MOT_DE_PASSE).await, IssueAuthentification::Refusee);
        signed_in(&monde, AUTRE_MOT_DE_PASSE).await;
        assert_eq!(noted(&monde).await, "personne");
        monde.send_mails().await;
        monde.boite.about("anne@exemple.fr", "a changé");
    }

    async fn a_wrong_current_password_counts_like_a_failed_login(monde: Monde) {
        let here = monde.activated("anne@exemple.fr").await;
        for _ in 0..5 {
            let wrong = change(&monde, &here, "faux faux faux", AUTRE_MOT_DE_PASSE).await;
            assert_eq!(wrong, ChangementMotDePasse::ActuelFaux);
        }
        let delayed = change(&monde, &here, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE).await;
        assert_eq!(delayed, ChangementMotDePasse::Retarde { minutes: 1 });
        assert_eq!(login(&monde, MOT_DE_PASSE).await, IssueAuthentification::Retardee { minutes: 1 }, "one count");
        assert!(is_in(&monde, &here).await);
        monde.clock.advance(MINUTE);
        changed(&monde, &here, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE).await;
        // A success begins the count of failures again.
        signed_in(&monde, AUTRE_MOT_DE_PASSE).await;
    }

    async fn the_new_password_follows_the_rules_of_an_activation(monde: Monde) {
        let here = monde.activated("anne@exemple.fr").await;
        for (nouveau, why) in [
            ("court", MotDePasseRefuse::TropCourt),
            ("motdepasse123", MotDePasseRefuse::TropFaible),
            ("Zorn-Étaillebois", MotDePasseRefuse::TropFaible),
        ] {
            let refused = change(&monde, &here, MOT_DE_PASSE, nouveau).await;
            assert_eq!(refused, ChangementMotDePasse::Refuse(why), "{nouveau}");
        }
        let long = "é".repeat(129);
        let refused = change(&monde, &here, MOT_DE_PASSE, &long).await;
        assert_eq!(refused, ChangementMotDePasse::Refuse(MotDePasseRefuse::TropLong));
        assert!(is_in(&monde, &here).await, "nothing changed");
        // Another keyboard composes the same password otherwise.
        let after = changed(&monde, &here, MOT_DE_PASSE, "l’été à Ménilmontant").await;
        changed(&monde, &after, "l’e\u{301}te\u{301} a\u{300} Me\u{301}nilmontant", AUTRE_MOT_DE_PASSE).await;
    }

    async fn of_eight_who_change_it_at_once_one_does(monde: Monde) {
        let here = monde.activated("anne@exemple.fr").await;
        let who = monde.backend.connected(&here).await.unwrap().unwrap();
        let tries = (0..8).map(|at| {
            let (backend, who, client) = (monde.backend.clone(), who.clone(), monde.client.clone());
            tokio::spawn(async move {
                let nouveau = format!("sept clarinettes boudeuses {at}");
                backend.change_password(&client, &who, MOT_DE_PASSE, &nouveau).await
            })
        });
        let mut kept = 0;
        for outcome in futures::future::join_all(tries).await {
            kept += usize::from(matches!(outcome.unwrap(), Ok(ChangementMotDePasse::Change(_))));
        }
        assert_eq!(kept, 1);
        assert_eq!(monde.number("SELECT count(*) FROM session").await, 1);
    }

    async fn one_password_serves_both_spaces_of_an_address(monde: Monde) {
        let compte = monde.activated("double@toulouse.example").await;
        let (service, rh) = monde.service_formation("double@toulouse.example", "COMMUNE:31555").await;
        let after = changed(&monde, &rh, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE).await;
        assert!(is_in(&monde, &after).await && !is_in(&monde, &compte).await && !is_in(&monde, &rh).await);
        assert_eq!(noted(&monde).await, format!("service:{}", service.id));
        monde.send_mails().await;
        monde.boite.about("double@toulouse.example", "a changé");
        for espace in [Espace::Agent, Espace::ServiceFormation] {
            let opened = monde.backend.login(&monde.client, espace, "double@toulouse.example", AUTRE_MOT_DE_PASSE).await;
            assert!(matches!(opened.unwrap(), IssueAuthentification::Ouverte { space, .. } if space == espace));
        }
    }

    async fn an_address_that_only_serves_a_service_formation_is_told_too(monde: Monde) {
        let (_, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        monde.backend.request_reset(&monde.client, "rh@toulouse.example").await.unwrap();
        monde.send_mails().await;
        let link = monde.boite.token("rh@toulouse.example", "mot-de-passe");
        let after = changed(&monde, &rh, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE).await;
        assert!(is_in(&monde, &after).await);
        assert!(!matches!(monde.backend.open_reset(&link).await.unwrap(), Lien::Vivant(_)));
        monde.send_mails().await;
        monde.boite.about("rh@toulouse.example", "a changé");
        let opens = "SELECT count(*) FROM jeton WHERE utilise_le IS NULL AND revoque_le IS NULL AND usage LIKE '%service%'";
        assert_eq!(monde.number(opens).await, 0, "what leads the mail opens nothing");
    }

    async fn the_staff_changes_theirs_under_its_own_rules(monde: Monde) {
        let camille = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let waiting = monde.half_signed_in("camille@cnfpt.fr").await;
        let link = monde.backend.invite(Role::Gestionnaire, &AdresseCourriel::parse("zoe@cnfpt.fr").unwrap()).await.unwrap();
        let short = change(&monde, &camille, MOT_DE_PASSE_GESTION, "sept chats nu!").await;
        assert_eq!(short, ChangementMotDePasse::Refuse(MotDePasseRefuse::TropCourt));
        let wrong = change(&monde, &camille, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE_GESTION).await;
        assert_eq!(wrong, ChangementMotDePasse::ActuelFaux);
        monde.clock.advance(HOUR / 2 - MINUTE);
        let after = changed(&monde, &camille, MOT_DE_PASSE_GESTION, AUTRE_MOT_DE_PASSE_GESTION).await;
        assert!(monde.backend.gestionnaire(&after).await.unwrap().is_some(), "the factor stays proved");
        assert!(!is_in(&monde, &camille).await);
        assert_eq!(monde.number("SELECT count(*) FROM session").await, 1, "nor does one wait for a code: {waiting:?}");
        let staff = async |password: &str| {
            monde.backend.staff_login(&monde.client, "camille@cnfpt.fr", password).await.unwrap()
        };
        assert_eq!(staff(MOT_DE_PASSE_GESTION).await, IssueAuthentification::Refusee);
        assert!(matches!(staff(AUTRE_MOT_DE_PASSE_GESTION).await, IssueAuthentification::Ouverte { .. }));
        assert_eq!(noted(&monde).await, "gestionnaire:1");
        monde.send_mails().await;
        monde.boite.about("camille@cnfpt.fr", "a changé");
        // The invitation of another member stays good.
        let token = link.rsplit('/').next().unwrap();
        assert!(matches!(Invitations::open(&monde.backend, token).await.unwrap(), Lien::Vivant(_)));
    }

    async fn an_invitation_to_a_lost_password_ends_with_the_change(monde: Monde) {
        let camille = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let ada = crate::equipe::administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        app::areas::gestion::equipe::Equipe::invite_again(&monde.backend, &ada, 1).await.unwrap();
        monde.send_mails().await;
        let token = monde.boite.token("camille@cnfpt.fr", "invitation");
        changed(&monde, &camille, MOT_DE_PASSE_GESTION, AUTRE_MOT_DE_PASSE_GESTION).await;
        let accepted = Invitations::accept(&monde.backend, &monde.client, &token, "Camille", MOT_DE_PASSE_GESTION).await;
        assert_eq!(accepted.unwrap(), ChoixMotDePasse::LienMort);
    }

    async fn who_was_suspended_changes_nothing(monde: Monde) {
        let here = monde.activated("anne@exemple.fr").await;
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        let who = monde.backend.connected(&here).await.unwrap().unwrap();
        monde.backend.validate(&camille, 1, monde.version(&camille, 1).await).await.unwrap();
        monde.backend.suspend(&camille, 1, monde.version(&camille, 1).await, "Pourquoi", false).await.unwrap();
        // The connexion ended between its proof and the change.
        let late = monde.backend.change_password(&monde.client, &who, MOT_DE_PASSE, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert_eq!(late, ChangementMotDePasse::SansObjet);
        assert_eq!(monde.number("SELECT count(*) FROM journal WHERE action = 'nouveau_mot_de_passe'").await, 0);
    }
}

mod pages {
    use super::*;

    on_both_engines! {
        async fn everyone_changes_their_password_without_javascript(monde: Monde) {
            let anne = monde.activated("anne@exemple.fr").await;
            let (_, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
            let staff = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
            for (connexion, home, path, courriel, actuel, court) in [
                (anne, "/mon-compte", "/mon-compte/mot-de-passe", "anne@exemple.fr", MOT_DE_PASSE, "court"),
                (rh, "/service-formation", "/service-formation/mot-de-passe", "rh@toulouse.example", MOT_DE_PASSE, "court"),
                (staff, "/gestion/mes-reglages", "/gestion/mes-reglages/mot-de-passe", "camille@cnfpt.fr", MOT_DE_PASSE_GESTION, "court15"),
            ] {
                let mut navigateur = Navigateur::new(&monde);
                let away = navigateur.get(path).await;
                assert!(away.location().ends_with("?connexion=1"), "{path}: {}", away.location());
                navigateur.sign_in(&connexion);
                assert!(navigateur.get(home).await.html.contains(&format!("href=\"{path}\"")), "{home}");
                let page = navigateur.get(path).await;
                assert!(page.html.contains(&format!("value=\"{courriel}\"")), "{}", page.html);
                let action = page.action("Changer de mot de passe");
                let wrong = navigateur.post(&action, &[("actuel", "faux"), ("mot_de_passe", AUTRE_MOT_DE_PASSE_GESTION)]).await;
                assert_eq!(wrong.location(), format!("{path}?erreur=passe"));
                let said = navigateur.get(wrong.location()).await;
                assert!(said.html.contains("<title>Erreur : ") && said.html.contains("href=\"#champ-actuel\""), "{path}");
                let short = navigateur.post(&action, &[("actuel", actuel), ("mot_de_passe", "court")]).await;
                assert_eq!(short.location(), format!("{path}?erreur={court}"));
                let said = navigateur.get(short.location()).await;
                assert!(said.html.contains("href=\"#champ-mot_de_passe\""), "{path}");
                let least = if court == "court" { "au moins 12 caractères" } else { "au moins 15 caractères" };
                assert!(said.text().contains(least), "{path}");
                let fields = [("actuel", actuel), ("mot_de_passe", AUTRE_MOT_DE_PASSE_GESTION)];
                let done = navigateur.post(&action, &fields).await;
                assert_eq!(done.location(), format!("{home}?mot-de-passe=change"));
                assert_ne!(navigateur.cookie("__Host-iel_session"), Some(connexion.secret.as_str()));
                let page = navigateur.get(done.location()).await;
                assert!(page.text().contains("Votre mot de passe est changé."), "{}", page.text());
            }
        }
    }
}
