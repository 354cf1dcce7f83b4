//! The délégations, as the staff keeps them.

use app::areas::gestion::delegations::{DelegationEnregistree, Delegations};
use app::base::appelants::Role;
use axum::http::StatusCode;
use domain::formation::{DelegationSaisie, FauteDelegation};

use super::support::Navigateur;

fn occitanie() -> DelegationSaisie {
    let text = str::to_owned;
    DelegationSaisie {
        nom: text("Délégation Occitanie"),
        courriel: text("occitanie@cnfpt.fr"),
        telephone: text("05 61 00 00 00"),
        referent_nom: text("Ada Zorn"),
        referent_courriel: text("ada@cnfpt.fr"),
    }
}

on_both_engines! {
    async fn a_delegation_is_added_changed_and_deactivated_by_its_version(monde: Monde) {
        let camille = monde.gestionnaire("camille@cnfpt.fr", "Camille").await;
        let backend = &monde.backend;
        assert_eq!(backend.add_delegation(&camille, &occitanie()).await.unwrap(), DelegationEnregistree::Faite);
        let known = backend.delegations(&camille).await.unwrap().remove(0);
        assert_eq!((known.version, known.active, known.saisie.telephone.as_str()), (1, true, "+33561000000"));

        let same = DelegationSaisie { nom: "DELEGATION occitanie".to_owned(), ..occitanie() };
        let taken = DelegationEnregistree::Refusee(vec![FauteDelegation::NomPris]);
        assert_eq!(backend.add_delegation(&camille, &same).await.unwrap(), taken);
        assert_eq!(
            backend.change_delegation(&camille, known.id, 1, &same).await.unwrap(),
            DelegationEnregistree::Faite,
            "its own name is free for it"
        );
        assert_eq!(
            backend.change_delegation(&camille, known.id, 1, &occitanie()).await.unwrap(),
            DelegationEnregistree::Perimee
        );
        assert!(!backend.activate_delegation(&camille, known.id, 1, false).await.unwrap());
        assert!(backend.activate_delegation(&camille, known.id, 2, false).await.unwrap());
        let after = backend.delegation(&camille, known.id).await.unwrap().unwrap();
        assert_eq!((after.version, after.active, after.saisie.nom.as_str()), (3, false, "DELEGATION occitanie"));
        assert_eq!(
            backend.change_delegation(&camille, 999, 1, &occitanie()).await.unwrap(),
            DelegationEnregistree::Perimee
        );
        let lines = "SELECT count(*) FROM journal WHERE action LIKE 'delegation_%'";
        assert_eq!(monde.number(lines).await, 3, "a refusal leaves no line");
        let champs = "SELECT champs FROM journal WHERE action = 'delegation_modifiee' ORDER BY id LIMIT 1";
        assert_eq!(monde.text(champs).await, format!("nom delegation:{}", known.id));
    }

    async fn a_refused_delegation_keeps_what_was_typed_without_javascript(monde: Monde) {
        let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Gestionnaire).await;
        let mut gestion = Navigateur::new(&monde);
        gestion.sign_in(&connexion);
        let page = gestion.get("/gestion/delegations").await;
        assert!(page.text().contains("Délégations</h1>"), "{}", page.text());
        assert!(page.text().contains(">Formations</a>") && page.text().contains(">Délégations</a>"));
        let add = page.action("Ajouter");
        let form = |nom| {
            [("delegation[nom]", nom), ("delegation[courriel]", "occitanie"), ("delegation[telephone]", "12")]
        };
        let refused = gestion.post(&add, &form("Occitanie")).await;
        assert_eq!(refused.location(), "/gestion/delegations?erreur=saisie&champs=courriel-telephone");
        let page = gestion.get(refused.location()).await;
        assert!(page.html.contains("<title>Erreur : ") && page.html.contains("value=\"occitanie\""), "{}", page.html);
        assert!(page.html.contains("href=\"#champ-telephone\"") && page.html.contains("href=\"#champ-courriel\""));

        let right = [("delegation[nom]", "Occitanie"), ("delegation[courriel]", "o@cnfpt.fr"), ("delegation[telephone]", "0561000000")];
        assert_eq!(gestion.post(&add, &right).await.location(), "/gestion/delegations?fait=ajoutee");
        let page = gestion.get("/gestion/delegations/1").await;
        assert!(page.html.contains("value=\"05 61 00 00 00\""), "{}", page.html);
        let save = page.action("Enregistrer");
        monde.execute("UPDATE delegation SET version = 7").await;
        let mut late = vec![("id", "1"), ("version", "1")];
        late.extend([("delegation[nom]", "Tolosa"), right[1], right[2]]);
        let refused = gestion.post(&save, &late).await;
        assert_eq!(refused.location(), "/gestion/delegations/1?erreur=perimee");
        let page = gestion.get(refused.location()).await;
        assert!(page.html.contains("value=\"Tolosa\"") && page.hidden("version") == "7", "{}", page.html);
        late[1] = ("version", "7");
        assert_eq!(gestion.post(&save, &late).await.location(), "/gestion/delegations?fait=modifiee");
        let deactivate = page.action("Désactiver");
        let done = gestion.post(&deactivate, &[("id", "1"), ("version", "8"), ("active", "false")]).await;
        assert_eq!(done.location(), "/gestion/delegations/1?fait=desactivee");
        assert!(gestion.get("/gestion/delegations/1").await.text().contains(">Réactiver</button>"));
        assert_eq!(gestion.get("/gestion/delegations/9").await.status, StatusCode::NOT_FOUND);
    }

    async fn nothing_is_there_while_persons_do_not_preregister(monde: Monde) {
        let connexion = monde.staff_connexion("ada@cnfpt.fr", Role::Gestionnaire).await;
        let monde = monde.without_preinscription();
        let mut gestion = Navigateur::new(&monde);
        gestion.sign_in(&connexion);
        for path in [
            "/gestion/delegations",
            "/gestion/delegations/1",
            "/gestion/formations",
            "/gestion/formations/1",
            "/gestion/formations/nouvelle",
            "/gestion/formations/1/modifier",
            "/gestion/formations/import",
        ] {
            let page = gestion.get(path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
            assert!(page.text().contains("Cette page n’existe pas</h1>"), "{path}: {}", page.text());
            assert!(!page.text().contains(">Délégations</a>") && page.text().contains(">Motifs</a>"), "{path}");
        }
        let typed = [("delegation[nom]", "Occitanie"), ("delegation[courriel]", "o@cnfpt.fr"), ("delegation[telephone]", "0561000000")];
        for declared in app::register::acces().filter(|declared| declared.nom == "AddDelegation") {
            let page = gestion.post(declared.chemin, &typed).await;
            assert_eq!((page.status, page.location()), (StatusCode::FOUND, "/gestion/delegations"));
        }
        assert_eq!(monde.number("SELECT count(*) FROM delegation").await, 0);
    }
}
