//! No address and no sentence leads nowhere.

use app::areas::acces::Authentification;
use app::areas::gestion::dossiers::Decisions;
use app::base::adresses::{CHANGER_MOT_DE_PASSE, FICHIER, FICHIER_FORMATIONS, IMPORT, IMPORT_FORMATIONS};
use app::base::appelants::Role;
use app::register::acces;
use axum::http::StatusCode;

use super::support::Navigateur;

const RELEVE: &str = "Vous travaillez pour une collectivité et votre demande porte sur cette activité : vous relevez du cas 1. \
                      Adressez-vous au service des ressources humaines de votre collectivité : c’est lui qui vous inscrit.\n\n\
                      Si vous contestez cette décision, vous pouvez, dans les deux mois qui suivent sa réception, en demander \
                      le réexamen en répondant au service qui vous écrit, ou saisir le tribunal administratif, par exemple sur \
                      www.telerecours.fr.";

on_both_engines! {
    async fn the_well_known_address_leads_to_the_right_password_page(monde: Monde) {
        let mut nobody = Navigateur::new(&monde);
        let page = nobody.get(CHANGER_MOT_DE_PASSE).await;
        assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, "/mon-compte/mot-de-passe"));
        let staff = monde.staff_connexion("camille@cnfpt.fr", Role::Gestionnaire).await;
        let (_, service) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
        let formateur = monde.activated("anne@exemple.fr").await;
        for (connexion, page) in [
            (staff, "/gestion/mes-reglages/mot-de-passe"),
            (service, "/service-formation/mot-de-passe"),
            (formateur, "/mon-compte/mot-de-passe"),
        ] {
            let mut navigateur = Navigateur::like(&nobody);
            navigateur.sign_in(&connexion);
            assert_eq!(navigateur.get(CHANGER_MOT_DE_PASSE).await.location(), page);
            assert_eq!(navigateur.get(page).await.status, StatusCode::OK, "{page}");
        }
    }

    async fn the_address_of_a_form_leads_to_its_page(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let forms = acces().map(|form| form.chemin).chain([FICHIER, FICHIER_FORMATIONS]);
        for form in forms {
            let led = navigateur.get(form).await;
            assert_eq!(led.status, StatusCode::SEE_OTHER, "{form}");
            let page = led.location().to_owned();
            let found = navigateur.get(&page).await;
            assert!(found.status.is_success() || found.status.is_redirection(), "{form} leads to {page}: {}", found.status);
        }
        assert_eq!(navigateur.get(FICHIER).await.location(), IMPORT);
        assert_eq!(navigateur.get(FICHIER_FORMATIONS).await.location(), IMPORT_FORMATIONS);
        assert_eq!(navigateur.get("/api/inconnue").await.status, StatusCode::NOT_FOUND);
    }

    async fn a_page_that_sets_a_password_names_its_account_to_the_browser(monde: Monde) {
        let mut navigateur = Navigateur::new(&monde);
        let named = |courriel: &str| format!("autocomplete=\"username\" value=\"{courriel}\"");
        let activation = monde.submitted("anne@exemple.fr").await;
        let page = navigateur.get(&format!("/activation/{activation}")).await;
        assert!(page.html.contains("new-password") && !page.html.contains("username"), "{}", page.html);
        monde.activate(&activation).await;
        monde.backend.request_reset(&monde.client, "anne@exemple.fr").await.unwrap();
        monde.send_mails().await;
        let reset = monde.boite.token("anne@exemple.fr", "mot-de-passe");
        let page = navigateur.get(&format!("/mot-de-passe/{reset}")).await;
        assert!(page.html.contains(&named("anne@exemple.fr")), "{}", page.html);
        let service = monde.invited_service("rh@toulouse.example", "COMMUNE:31555").await;
        let page = navigateur.get(&format!("/invitation/{service}")).await;
        assert!(page.html.contains(&named("rh@toulouse.example")), "{}", page.html);
        // A link copied with the characters after it opens too.
        let copied = navigateur.get(&format!("/invitation/{service}%3E.")).await;
        assert!(copied.html.contains(&named("rh@toulouse.example")), "{}", copied.html);
    }

    async fn the_account_page_names_a_contact_without_configured_addresses(monde: Monde) {
        let monde = monde.without_preinscription();
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let connexion = monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        monde.backend.validate(&camille, 1, version).await.unwrap();
        let mut navigateur = Navigateur::new(&monde);
        navigateur.sign_in(&connexion);
        let page = navigateur.get("/mon-compte").await;
        assert!(page.html.contains("href=\"/aide#contact\""), "{}", page.html);
        let aide = navigateur.get("/aide").await;
        assert!(aide.html.contains("id=\"contact\"") && aide.html.contains("délégation du CNFPT"), "{}", aide.html);
    }

    async fn new_shipped_wordings_change_no_past_refusal(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        for motif in monde.backend.motifs(&camille).await.unwrap() {
            assert!(!motif.texte.contains("en répondant") && !motif.texte.contains("cas 1"), "{}", motif.texte);
        }
        // The database is that of a service that refused somebody before this migration.
        monde.activated("anne@exemple.fr").await;
        let version = monde.version(&camille, 1).await;
        let motif = monde.backend.motifs(&camille).await.unwrap()[0].id;
        monde.backend.refuse(&camille, 1, version, Some(motif), "").await.unwrap();
        monde.execute(&format!("UPDATE motif SET libelle = 'Vous relevez du cas 1', texte = '{RELEVE}' WHERE id = {motif}")).await;
        monde.execute("DELETE FROM seaql_migrations WHERE version LIKE 'm0022%'").await;
        monde.backend.db().migrate().await.unwrap();
        assert_eq!(monde.text("SELECT motif.texte FROM compte JOIN motif ON motif.id = motif_id").await, RELEVE);
        let now = monde.backend.motifs(&camille).await.unwrap();
        assert_eq!((now.len(), now[0].libelle.as_str()), (5, "Vous relevez du cas 1"));
        assert_eq!(monde.number("SELECT count(*) FROM motif WHERE famille = 1").await, 2);
    }
}
