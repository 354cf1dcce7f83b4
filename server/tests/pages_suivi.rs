//! The follow-up and the correction loop, as a browser without JavaScript sees them.

use app::areas::gestion::dossiers::Decisions;
use app::base::appelants::Role;
use axum::http::StatusCode;
use domain::Etape;
use domain::correction::Remarque;

use super::support::{Monde, Navigateur};
use crate::support::donnees::MOT_DE_PASSE;

async fn signed_in(monde: &Monde, courriel: &str) -> Navigateur {
    let mut navigateur = Navigateur::new(monde);
    let page = navigateur.get("/").await;
    let fields = [("espace", "agent"), ("courriel", courriel), ("mot_de_passe", MOT_DE_PASSE)];
    let page = navigateur.post(&page.action("Se connecter"), &fields).await;
    assert_eq!(page.location(), "/mon-compte");
    navigateur
}

on_both_engines! {
    async fn corrections_are_asked_and_sent_back_without_script(monde: Monde) {
        let connexion = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        monde.activated("anne@exemple.fr").await;
        let mut gestion = Navigateur::new(&monde);
        gestion.sign_in(&connexion);
        let page = gestion.get("/gestion/demandes/1/corrections").await;
        assert!(page.html.contains("name=\"remarques[adresses.code_postal]\""));
        assert!(!page.html.contains("remarques[coordonnees.courriel]"));
        let action = page.action("Demander des corrections");
        let none = gestion.post(&action, &[("id", "1"), ("version", "2")]).await;
        assert_eq!(none.location(), "/gestion/demandes/1/corrections?erreur=remarque");
        assert!(gestion.get(none.location()).await.html.contains("Écrivez au moins une remarque"));
        let fields = [
            ("id", "1"),
            ("version", "2"),
            ("remarques[adresses.code_postal]", "Est-ce le <bon> code ?"),
            ("remarques[situation-professionnelle.fonction]", "Laquelle ?"),
        ];
        let asked = gestion.post(&action, &fields).await;
        assert_eq!(asked.location(), "/gestion/demandes/1?decision=prise");

        let mut personne = signed_in(&monde, "anne@exemple.fr").await;
        assert!(personne.get("/mon-compte").await.html.contains("Corriger ma demande"));
        let list = personne.get("/mon-compte/corrections").await;
        assert!(list.html.contains("Est-ce le &lt;bon&gt; code ?"));
        assert!(!list.html.contains("Renvoyer ma demande") && !list.html.contains("Quévillac"));
        assert!(personne.get("/mon-compte/corrections/identite").await.html.contains("Rien à corriger ici"));
        let tab = personne.get("/mon-compte/corrections/adresses").await;
        assert!(tab.html.contains("aria-describedby=\"champ-code_postal-remarque"));
        assert!(tab.html.contains("Vous aviez répondu\u{a0}: «\u{a0}31000\u{a0}»"));
        let save = tab.action("Enregistrer");
        let wrong = personne.post(&save, &[("etape", "adresses"), ("champs[code_postal]", "315")]).await;
        assert_eq!(wrong.location(), "/mon-compte/corrections/adresses?verifier=1");
        let tab = personne.get(wrong.location()).await;
        assert!(tab.html.contains("<title>Erreur : Adresses") && tab.html.contains("value=\"315\""));
        let next = personne.post(&save, &[("etape", "adresses"), ("champs[code_postal]", "31500")]).await;
        assert_eq!(next.location(), "/mon-compte/corrections/situation-professionnelle");
        let fields = [("etape", "situation-professionnelle"), ("champs[fonction]", "Formatrice")];
        let done = personne.post(&save, &fields).await;
        assert_eq!(done.location(), "/mon-compte/corrections");
        let list = personne.get("/mon-compte/corrections").await;
        let back = personne.post(&list.action("Renvoyer ma demande"), &[]).await;
        assert_eq!(back.location(), "/mon-compte?renvoyee=1");
        assert!(personne.get(back.location()).await.html.contains("Votre demande attend sa validation"));
        assert_eq!(personne.get("/mon-compte/corrections").await.location(), "/mon-compte");
        let file = gestion.get("/gestion/demandes/1").await.text();
        assert!(file.contains("<td>31000</td><td>31500</td>"));
    }

    async fn a_follow_up_tells_the_state_and_nothing_of_the_person(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        monde.send_mails().await;
        let reference = monde.text("SELECT reference FROM compte").await;
        let mut navigateur = Navigateur::new(&monde);
        let action = navigateur.get("/suivi").await.action("Suivre ma demande");
        let unknown = navigateur.post(&action, &[("reference", "IEL-0000-0000"), ("courriel", "anne@exemple.fr")]).await;
        let other = navigateur.post(&action, &[("reference", &reference), ("courriel", "autre@exemple.fr")]).await;
        assert_eq!((unknown.status, unknown.location()), (StatusCode::FOUND, "/suivi?erreur=inconnue"));
        assert_eq!((other.status, other.location()), (unknown.status, unknown.location()));
        let found = navigateur.post(&action, &[("reference", &reference), ("courriel", "anne@exemple.fr")]).await;
        assert!(found.location().starts_with("/suivi/") && !found.location().contains("anne"));
        let page = navigateur.get(found.location()).await.text();
        for said in ["Votre demande attend sa validation", &reference] {
            assert!(page.contains(said), "{said}");
        }
        for kept in ["anne", "Zorn", "Philomène", "31000", "1980", "Accusé de réception"] {
            assert!(!page.contains(kept), "{kept}");
        }
    }

    async fn an_account_not_validated_shows_no_birth_date_phone_or_address(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille Roux").await;
        monde.activated("anne@exemple.fr").await;
        let mut personne = signed_in(&monde, "anne@exemple.fr").await;
        let remarque =
            Remarque { etape: Etape::Identite, champ: "nom".to_owned(), texte: "Est-ce le bon nom ?".to_owned() };
        let asked = monde.backend.request_corrections(&camille, 1, 2, &[remarque], "").await;
        assert_eq!(asked.unwrap(), app::areas::gestion::dossiers::Decision::Prise);
        for path in ["/mon-compte", "/mon-compte/corrections", "/mon-compte/accuse-de-reception"] {
            let page = personne.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            for hidden in ["1980", "06 12 34", "+336", "Filatiers", "31000"] {
                assert!(!page.html.contains(hidden), "{hidden} on {path}");
            }
        }
    }

    async fn a_request_is_taken_back_from_a_page_that_asks_once(monde: Monde) {
        monde.activated("anne@exemple.fr").await;
        let mut personne = signed_in(&monde, "anne@exemple.fr").await;
        let page = personne.get("/mon-compte/retirer").await;
        assert_eq!(monde.text("SELECT statut FROM compte").await, "AValider");
        let done = personne.post(&page.action("Retirer ma demande"), &[]).await;
        assert!(done.location().starts_with("/suivi/"), "{}", done.location());
        assert!(personne.get(done.location()).await.html.contains("Votre demande est retirée"));
        assert_eq!(personne.get("/mon-compte").await.location(), "/?connexion=1");
    }
}
