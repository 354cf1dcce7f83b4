use app::areas::acces::{
    Authentification, ChoixMotDePasse, Connexions, ConnexionsDe, Espace, Invitations, IssueAuthentification,
};
use app::areas::compte::Suivis;
use app::areas::gestion::dossiers::{Decisions, Statuts};
use app::areas::gestion::equipe::{ChangementEquipe, Equipe};
use app::areas::gestion::second_facteur::SecondFacteur;
use app::base::appelants::{Appelants, Connecte, Role, Titulaire};
use app::base::exchange::ConnexionToken;
use axum::http::Request;
use server::clock::MINUTE;

use super::equipe::administrateur;
use super::support::{Monde, Navigateur};
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE, MOT_DE_PASSE_GESTION};

async fn signed_in(monde: &Monde, courriel: &str) -> ConnexionToken {
    match monde.backend.login(&monde.client, Espace::Agent, courriel, MOT_DE_PASSE).await.unwrap() {
        IssueAuthentification::Ouverte { connexion, .. } => connexion,
        other => panic!("{other:?}"),
    }
}

async fn who(monde: &Monde, connexion: &ConnexionToken) -> Connecte {
    monde.backend.connected(connexion).await.unwrap().expect("signed in")
}

async fn ids(monde: &Monde, connexion: &ConnexionToken) -> Vec<String> {
    let open = monde.backend.open_connexions(&who(monde, connexion).await).await.unwrap();
    open.into_iter().map(|open| open.id).collect()
}

async fn is_in(monde: &Monde, connexion: &ConnexionToken) -> bool {
    monde.backend.connected(connexion).await.unwrap().is_some()
}

on_both_engines! {
    async fn two_servers_whose_clocks_differ_by_minutes_agree(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.activated("berthe@exemple.fr").await;
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let reference = monde.text("SELECT reference FROM compte WHERE id = 1").await;
        // The server ahead writes, and the server behind reads it.
        monde.clock.advance(4 * MINUTE);
        let connexion = signed_in(&monde, "anne@exemple.fr").await;
        let suivi = monde.backend.find(&monde.client, &reference, "anne@exemple.fr").await.unwrap().unwrap();
        let monde = monde.holding(600);
        monde.backend.validate(&camille, 1, monde.version(&camille, 1).await).await.unwrap();
        for _ in 0..3 {
            monde.backend.request_reset(&monde.client, "berthe@exemple.fr").await.unwrap();
        }
        monde.clock.advance(-4 * MINUTE);
        assert!(is_in(&monde, &connexion).await);
        assert!(matches!(monde.backend.look(&suivi).await.unwrap(), app::areas::acces::Lien::Vivant(_)));
        server::jobs::decisions::once(&monde.backend).await.unwrap();
        assert_eq!(monde.number("SELECT count(*) FROM decision WHERE appliquee_le IS NOT NULL").await, 0, "it is held");
        monde.backend.request_reset(&monde.client, "berthe@exemple.fr").await.unwrap();
        let retained = "SELECT count(*) FROM courriel WHERE retenu";
        assert_eq!(monde.number(retained).await, 1, "the same window goes on");
        // A connexion dated an hour ahead was written by a wrong clock.
        monde.clock.advance(-60 * MINUTE);
        assert!(!is_in(&monde, &connexion).await);
    }

    async fn a_person_sees_their_own_connexions_and_which_one_this_is(monde: Monde) {
        let first = monde.activated("anne@exemple.fr").await;
        monde.backend.arrive(&first, None, "Firefox sur Android").await.unwrap();
        monde.backend.arrive(&first, None, "Autre chose").await.unwrap();
        monde.clock.advance(MINUTE);
        let second = signed_in(&monde, "anne@exemple.fr").await;
        monde.activated("brahim@exemple.fr").await;
        let open = monde.backend.open_connexions(&who(&monde, &second).await).await.unwrap();
        let seen: Vec<_> = open.iter().map(|open| (open.navigateur.as_str(), open.celle_ci)).collect();
        assert_eq!(seen, [("", true), ("Firefox sur Android", false)]);
        assert_eq!(open[0].ouverte_le - open[1].ouverte_le, MINUTE);
        // The public id is not the hash of the secret, and nobody comes in with it.
        let hashes = monde.number("SELECT count(*) FROM session WHERE token_hash = id_public OR id_public = ''").await;
        assert_eq!(hashes, 0);
        for open in &open {
            assert_eq!(open.id.len(), 32, "128 bits");
            assert!(!is_in(&monde, &ConnexionToken::new(open.id.clone())).await);
        }
        monde.clock.advance(30 * MINUTE);
        let third = signed_in(&monde, "anne@exemple.fr").await;
        assert_eq!(ids(&monde, &third).await.len(), 1, "those that ended are not listed");
    }

    async fn one_closes_ones_own_and_nobody_elses(monde: Monde) {
        let anne = monde.activated("anne@exemple.fr").await;
        let elsewhere = signed_in(&monde, "anne@exemple.fr").await;
        let brahim = monde.activated("brahim@exemple.fr").await;
        // A person of another kind has the same number.
        let (_, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        let staff = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let others = [&brahim, &rh, &staff];
        for other in others {
            for id in ids(&monde, other).await {
                monde.backend.close_connexion(&who(&monde, &anne).await, &id).await.unwrap();
            }
        }
        for id in ids(&monde, &anne).await {
            for other in others {
                monde.backend.close_connexion(&who(&monde, other).await, &id).await.unwrap();
            }
        }
        for connexion in [&anne, &elsewhere, &brahim, &rh, &staff] {
            assert!(is_in(&monde, connexion).await);
        }
        let open = monde.backend.open_connexions(&who(&monde, &anne).await).await.unwrap();
        let other = open.iter().find(|open| !open.celle_ci).unwrap();
        monde.backend.close_connexion(&who(&monde, &anne).await, &other.id).await.unwrap();
        assert!(is_in(&monde, &anne).await && !is_in(&monde, &elsewhere).await);
        let elsewhere = signed_in(&monde, "anne@exemple.fr").await;
        monde.backend.close_other_connexions(&who(&monde, &anne).await).await.unwrap();
        assert!(is_in(&monde, &anne).await && !is_in(&monde, &elsewhere).await);
        for connexion in others {
            assert!(is_in(&monde, connexion).await);
        }
    }

    async fn the_staff_close_those_that_wait_for_a_code_too(monde: Monde) {
        let staff = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let waiting = monde.half_signed_in("camille@cnfpt.fr").await;
        assert!(!is_in(&monde, &waiting).await, "a password alone lists nothing");
        assert_eq!(ids(&monde, &staff).await.len(), 1);
        monde.backend.close_other_connexions(&who(&monde, &staff).await).await.unwrap();
        assert_eq!(monde.backend.pending(&waiting).await.unwrap(), None);
        assert!(is_in(&monde, &staff).await);
    }

    async fn an_administrateur_ends_somebodys_connexions_and_closes_no_access(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let anne = [monde.activated("anne@exemple.fr").await, signed_in(&monde, "anne@exemple.fr").await];
        let brahim = monde.activated("brahim@exemple.fr").await;
        let (service, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        let staff = monde.staff_connexion("bob@cnfpt.fr", Role::Gestionnaire).await;
        let waiting = monde.half_signed_in("bob@cnfpt.fr").await;
        let whose = |titulaire| (titulaire, monde.backend.connexions_of(&ada, titulaire));
        let mut seen = Vec::new();
        for (titulaire, asked) in [
            whose(Titulaire::Formateur(1)),
            whose(Titulaire::ServiceFormation(service.id)),
            whose(Titulaire::Gestionnaire(2)),
        ] {
            let ConnexionsDe { nom, ouvertes } = asked.await.unwrap().unwrap();
            seen.push((nom, ouvertes));
            assert!(monde.backend.end_connexions(&ada, titulaire).await.unwrap(), "{titulaire:?}");
        }
        let names = [("Philomène Zorn-Étaillebois", 2), ("rh@toulouse.example", 1), ("bob@cnfpt.fr", 1)];
        assert_eq!(seen, names.map(|(nom, ouvertes)| (nom.to_owned(), ouvertes)));
        for connexion in anne.iter().chain([&rh, &staff]) {
            assert!(!is_in(&monde, connexion).await);
        }
        assert_eq!(monde.backend.pending(&waiting).await.unwrap(), None);
        assert!(is_in(&monde, &brahim).await);
        for nobody in [Titulaire::Formateur(99), Titulaire::ServiceFormation(99), Titulaire::Gestionnaire(99)] {
            assert_eq!(monde.backend.connexions_of(&ada, nobody).await.unwrap(), None);
            assert!(!monde.backend.end_connexions(&ada, nobody).await.unwrap());
        }
        assert!(!monde.backend.end_connexions(&ada, Titulaire::Gestionnaire(ada.id)).await.unwrap(), "one’s own");
        let noted = "SELECT count(*) FROM journal WHERE action = 'sessions_fermees' AND acteur = 'gestionnaire:1'";
        assert_eq!(monde.number(noted).await, 3);
        assert_eq!(monde.text("SELECT champs FROM journal WHERE action = 'sessions_fermees' ORDER BY id DESC LIMIT 1").await, "sessions gestionnaire:2");
        assert_eq!(monde.number("SELECT compte_id FROM journal WHERE action = 'sessions_fermees' ORDER BY id LIMIT 1").await, 1);
        // Nobody lost their access.
        signed_in(&monde, "anne@exemple.fr").await;
        monde.through(&monde.half_signed_in("bob@cnfpt.fr").await).await;
        // A member who is no administrateur any more ends nothing.
        monde.execute("UPDATE gestionnaire SET role = 'gestionnaire' WHERE id = 1").await;
        assert!(!monde.backend.end_connexions(&ada, Titulaire::Formateur(1)).await.unwrap());
    }

    async fn every_connexion_ends_with_what_takes_the_right_away(monde: Monde) {
        let ada = administrateur(&monde, "ada@cnfpt.fr", "Ada").await;
        let both = async |courriel: &str| {
            let connexion = monde.staff_connexion(courriel, Role::Gestionnaire).await;
            [connexion, monde.half_signed_in(courriel).await]
        };
        let ended = async |connexions: &[ConnexionToken]| {
            for connexion in connexions {
                assert!(!is_in(&monde, connexion).await);
                assert_eq!(monde.backend.pending(connexion).await.unwrap(), None);
            }
        };
        let connexions = both("role@cnfpt.fr").await;
        let done = monde.backend.change_role(&ada, 2, Role::Administrateur).await.unwrap();
        assert_eq!(done, ChangementEquipe::Fait);
        ended(&connexions).await;
        let connexions = both("facteur@cnfpt.fr").await;
        assert_eq!(monde.backend.reset_factor(&ada, 3).await.unwrap(), ChangementEquipe::Fait);
        ended(&connexions).await;
        let connexions = both("parti@cnfpt.fr").await;
        assert_eq!(monde.backend.disable(&ada, 4).await.unwrap(), ChangementEquipe::Fait);
        ended(&connexions).await;

        let (service, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        assert!(monde.backend.disable_service_formation(&ada, service.id).await.unwrap());
        ended(&[rh]).await;

        let connexions = [monde.activated("anne@exemple.fr").await, signed_in(&monde, "anne@exemple.fr").await];
        monde.backend.validate(&ada, 1, monde.version(&ada, 1).await).await.unwrap();
        monde.backend.suspend(&ada, 1, monde.version(&ada, 1).await, "Pourquoi", false).await.unwrap();
        ended(&connexions).await;
        assert_eq!(monde.number("SELECT count(*) FROM session WHERE genre = 'formateur'").await, 0, "not only refused");
        monde.backend.resume(&ada, 1, monde.version(&ada, 1).await).await.unwrap();
        let connexions = [signed_in(&monde, "anne@exemple.fr").await, signed_in(&monde, "anne@exemple.fr").await];
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        let token = monde.boite.token("anne@exemple.fr", "mot-de-passe");
        let chosen = monde.backend.reset(&monde.client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert!(matches!(chosen, ChoixMotDePasse::Enregistre(_)));
        ended(&connexions).await;
    }
}

mod pages {
    use super::*;

    on_both_engines! {
        async fn a_login_ends_the_connexion_its_browser_came_with(monde: Monde) {
            monde.activated("anne@exemple.fr").await;
            monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
            monde.execute("DELETE FROM session").await;
            let elsewhere = signed_in(&monde, "anne@exemple.fr").await;
            let mut navigateur = Navigateur::new(&monde);
            let person = [("espace", "agent"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", MOT_DE_PASSE)];
            let staff = [("courriel", "camille@cnfpt.fr"), ("mot_de_passe", MOT_DE_PASSE_GESTION)];
            let mut before = None;
            // The same person again, the staff, the staff that waits for a code again, and back.
            for (page, fields) in [("/", &person[..]), ("/", &person), ("/gestion/connexion", &staff), ("/gestion/connexion", &staff), ("/", &person)] {
                let action = navigateur.get(page).await.action("Se connecter");
                navigateur.post(&action, fields).await;
                let secret = navigateur.cookie("__Host-iel_session").map(str::to_owned);
                assert_ne!(secret, before, "{page}");
                before = secret;
                assert_eq!(monde.number("SELECT count(*) FROM session").await, 2, "{page}: this one and elsewhere’s");
            }
            assert!(is_in(&monde, &elsewhere).await);
            // A wrong password ends nothing.
            let action = navigateur.get("/").await.action("Se connecter");
            navigateur.post(&action, &[("espace", "agent"), ("courriel", "anne@exemple.fr"), ("mot_de_passe", "faux")]).await;
            assert_eq!(monde.number("SELECT count(*) FROM session").await, 2);
            // A link to a new password leaves no former connexion behind either.
            monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
            monde.send_mails().await;
            let token = monde.boite.token("anne@exemple.fr", "mot-de-passe");
            let page = navigateur.get(&format!("/mot-de-passe/{token}")).await;
            let fields = [("token", token.as_str()), ("mot_de_passe", AUTRE_MOT_DE_PASSE)];
            let done = navigateur.post(&page.action("Enregistrer mon mot de passe"), &fields).await;
            assert_eq!(done.location(), "/mon-compte");
            assert_eq!(monde.number("SELECT count(*) FROM session").await, 1);
        }

        async fn an_administrateur_confirms_before_connexions_end(monde: Monde) {
            let anne = monde.activated("anne@exemple.fr").await;
            monde.gestionnaire("bob@cnfpt.fr", "Bob").await;
            let (service, _) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
            let mut bob = Navigateur::new(&monde);
            bob.sign_in(&monde.staff_connexion("zoe@cnfpt.fr", Role::Gestionnaire).await);
            assert!(!bob.get("/gestion/demandes/1").await.html.contains("/connexions"), "not a gestionnaire’s to do");
            let mut ada = Navigateur::new(&monde);
            ada.sign_in(&monde.staff_connexion("ada@cnfpt.fr", Role::Administrateur).await);
            for (page, confirm, done) in [
                ("/gestion/equipe".to_owned(), "/gestion/equipe/1/connexions".to_owned(), "/gestion/equipe?fait=connexions"),
                ("/gestion/demandes/1".to_owned(), "/gestion/demandes/1/connexions".to_owned(), "/gestion/demandes/1?fait=connexions"),
                (
                    "/gestion/services-formation".to_owned(),
                    format!("/gestion/services-formation/{}/connexions", service.id),
                    "/gestion/services-formation?fait=connexions",
                ),
            ] {
                assert!(ada.get(&page).await.html.contains(&format!("href=\"{confirm}\"")), "{page}");
                let asked = ada.get(&confirm).await;
                assert!(asked.text().contains("ne connexion est ouverte.") , "{}", asked.text());
                let fields = [("de", asked.hidden("de")), ("id", asked.hidden("id")), ("retour", asked.hidden("retour"))];
                let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let ended = ada.post(&asked.action("Fermer les connexions"), &fields).await;
                assert_eq!(ended.location(), done);
                assert!(ada.get(done).await.text().contains("Connexions fermées\u{a0}: "), "{done}");
            }
            assert!(!is_in(&monde, &anne).await);
            // Her own connexions are not offered here: « Mes réglages » closes them.
            assert_eq!(ada.get("/gestion/equipe").await.html.matches("/connexions\"").count(), 2);
        }

        async fn the_list_names_the_browser_and_closes_without_javascript(monde: Monde) {
            monde.activated("anne@exemple.fr").await;
            let mut anne = Navigateur::new(&monde);
            let page = anne.get("/").await;
            let agent = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0";
            let request = Request::post(page.action("Se connecter"))
                .header("sec-fetch-site", "same-origin")
                .header("user-agent", agent)
                .header("content-type", "application/x-www-form-urlencoded");
            let body = format!("espace=agent&courriel=anne%40exemple.fr&mot_de_passe={}", MOT_DE_PASSE.replace(' ', "+"));
            assert_eq!(anne.send_with(request, body.into()).await.location(), "/mon-compte");
            assert_eq!(monde.number("SELECT count(*) FROM session WHERE navigateur = 'Firefox sur Android'").await, 1);
            let page = anne.get("/mon-compte").await;
            assert!(page.text().contains("<strong>Firefox sur Android</strong> (cette connexion)"), "{}", page.text());
            let id = page.hidden("id");
            let done = anne.post(&page.action("Fermer cette connexion"), &[("id", &id)]).await;
            assert_eq!(done.location(), "/mon-compte?connexions=1");
            let page = anne.get(done.location()).await;
            assert!(!page.text().contains("Fermer cette connexion") && !page.text().contains("Fermer les autres connexions"));
            let (_, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
            let staff = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
            for (connexion, path) in [(rh, "/service-formation"), (staff, "/gestion/mes-reglages")] {
                let mut navigateur = Navigateur::new(&monde);
                navigateur.sign_in(&connexion);
                let page = navigateur.get(path).await;
                assert!(page.text().contains("(cette connexion)") && !page.text().contains("Fermer"), "{path}");
                monde.execute(&format!(
                    "INSERT INTO session (token_hash, genre, sujet_id, cree_le, vue_le, expire_le, id_public, facteur_le) \
                     SELECT 'x' || token_hash, genre, sujet_id, cree_le, vue_le, expire_le, 'autre', facteur_le FROM session \
                     WHERE id_public <> 'autre' AND genre = '{}'",
                    if path == "/service-formation" { "service" } else { "gestion" }
                )).await;
                let page = navigateur.get(path).await;
                let done = navigateur.post(&page.action("Fermer les autres connexions"), &[]).await;
                assert_eq!(done.location(), format!("{path}?connexions=1"));
                assert!(navigateur.get(path).await.text().contains("(cette connexion)"));
                assert_eq!(monde.number("SELECT count(*) FROM session WHERE id_public = 'autre'").await, 0);
            }
        }
    }
}
