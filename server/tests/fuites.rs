//! A password that leaked is refused wherever one is chosen.

use app::areas::acces::{
    Activations, Authentification, ChangementMotDePasse, ChoixMotDePasse, Invitations, MotsDePasse,
};
use app::base::appelants::{Appelants, Role};
use app::base::port::Fault;
use domain::valeurs::{AdresseCourriel, MotDePasseRefuse};

use super::support::Navigateur;
use crate::support::donnees::{AUTRE_MOT_DE_PASSE, MOT_DE_PASSE};

/// A leaked password that zxcvbn finds strong, and that is long enough for the staff.
const FUITE: &str = "quatorze violoncelles moutarde";

on_both_engines! {
    async fn a_leaked_password_is_refused_wherever_one_is_chosen(monde: Monde) {
        let monde = monde.knowing_leaks(&[FUITE, "azertyuiop", "password"]);
        let refused = ChoixMotDePasse::Refuse(MotDePasseRefuse::Fuite);
        let token = monde.submitted("anne@exemple.fr").await;
        let client = &monde.client;
        let chosen = Activations::activate(&monde.backend, client, &token, FUITE, false).await;
        assert_eq!(chosen.unwrap(), refused, "activation");
        let ChoixMotDePasse::Enregistre(connexion) = monde.activate(&token).await else { panic!("another is fine") };
        let who = monde.backend.connected(&connexion).await.unwrap().unwrap();
        let changed = monde.backend.change_password(client, &who, MOT_DE_PASSE, FUITE).await.unwrap();
        assert_eq!(changed, ChangementMotDePasse::Refuse(MotDePasseRefuse::Fuite), "change");
        monde.backend.request_reset(client, "anne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        let token = monde.boite.token("anne@exemple.fr", "mot-de-passe");
        assert_eq!(monde.backend.reset(client, &token, FUITE).await.unwrap(), refused, "reset");
        let kept = monde.backend.reset(client, &token, AUTRE_MOT_DE_PASSE).await.unwrap();
        assert!(matches!(kept, ChoixMotDePasse::Enregistre(_)), "the link was not used up");
        let token = monde.invited_service("rh@toulouse.example", "COMMUNE:31555").await;
        assert_eq!(Invitations::accept(&monde.backend, client, &token, "", FUITE).await.unwrap(), refused, "service");
        let link = monde.backend.invite(Role::Gestionnaire, &AdresseCourriel::parse("camille@cnfpt.fr").unwrap()).await.unwrap();
        let token = link.rsplit('/').next().unwrap();
        let accepted = Invitations::accept(&monde.backend, client, token, "Camille", FUITE).await.unwrap();
        assert_eq!(accepted, refused, "the staff");
    }

    async fn a_file_that_went_away_lets_nothing_be_chosen_unseen(monde: Monde) {
        let token = monde.submitted("anne@exemple.fr").await;
        let monde = monde.knowing_leaks(&[FUITE]);
        std::fs::remove_file(monde.leaks()).unwrap();
        let chosen = Activations::activate(&monde.backend, &monde.client, &token, MOT_DE_PASSE, false).await;
        assert!(matches!(chosen, Err(Fault::Failed { .. })), "{chosen:?}");
    }
}

mod pages {
    use super::*;

    on_both_engines! {
        async fn the_page_says_that_it_leaked(monde: Monde) {
            let monde = monde.knowing_leaks(&[FUITE]);
            let connexion = monde.activated("anne@exemple.fr").await;
            let mut anne = Navigateur::new(&monde);
            anne.sign_in(&connexion);
            let page = anne.get("/mon-compte/mot-de-passe").await;
            let fields = [("actuel", MOT_DE_PASSE), ("mot_de_passe", FUITE)];
            let refused = anne.post(&page.action("Changer de mot de passe"), &fields).await;
            assert_eq!(refused.location(), "/mon-compte/mot-de-passe?erreur=fuite");
            let said = anne.get(refused.location()).await;
            assert!(said.text().contains("mots de passe volés") && said.html.contains("href=\"#champ-mot_de_passe\""));
        }
    }
}
