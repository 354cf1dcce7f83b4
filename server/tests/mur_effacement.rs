//! The wall again, for an agent who was erased. To the service formation they end like an agent whom nobody ever
//! activated.

use app::areas::compte::{DonneesPersonnelles, IssueEffacement};
use app::areas::gestion::dossiers::{Decision, Decisions};
use app::areas::service_formation::{FiltreAgents, ServicesFormation};
use app::base::appelants::Appelants;
use app::register::acces;
use server::clock::DAY;
use server::jobs::purge;

use super::mur::{keep, look, nobody, same, service, without_nonce};
use super::support::{Monde, Navigateur};
use crate::support::donnees::MOT_DE_PASSE;

/// The address of the agent who ends.
const FINIE: &str = "finie@toulouse.example";

/// Presents an agent who ends. If `erased`, the account was activated, changed and validated, and then its person
/// erased it. Otherwise nobody ever activated it, and it was purged. Gives what the service then sees, also of the
/// same address presented again.
async fn presents_one_who_ends(monde: &Monde, erased: bool) -> Vec<(String, String)> {
    let mut temoin = service(monde, nobody()).await;
    let reference = monde.present(&temoin.by, FINIE, &[("nom", "Finisterre")]).await;
    keep(&mut temoin, reference, FINIE);
    monde.send_mails().await;
    if erased {
        let token = monde.boite.token(FINIE, "activation");
        let connexion = monde.certified(&token).await;
        let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
        let staff = monde.gestionnaire("dominique@cnfpt.fr", "Dominique").await;
        let id = monde.list(&staff, &reference.to_string()).await[0].id;
        monde
            .execute(&format!(
                "UPDATE compte SET voie = '99 impasse Mirabelle', fonction = 'Fildefériste', nom = 'Corrigette' WHERE id = {id}"
            ))
            .await;
        let decided = monde.backend.validate(&staff, id, monde.version(&staff, id).await).await.unwrap();
        assert_eq!(decided, Decision::Prise);
        let ended = monde.backend.erase_account(&monde.client, &who, MOT_DE_PASSE).await.unwrap();
        assert_eq!(ended, IssueEffacement::Efface);
        // At once the list has a line less, and the agent is answered like one that never existed.
        let left = monde.backend.agents(&temoin.by, &FiltreAgents::default()).await.unwrap().agents;
        assert!(left.len() == 1 && left.iter().all(|agent| agent.courriel != FINIE), "{left:?}");
        assert_eq!(monde.backend.agent(&temoin.by, reference).await.unwrap(), None);
        monde.send_mails().await;
        for word in [FINIE, "Finisterre"] {
            let found = monde.found(word).await;
            assert!(found.is_empty(), "{found:?}");
        }
    }
    for days in [4, 31] {
        monde.passes(days * DAY).await;
        purge::once(&monde.backend).await.unwrap();
        monde.send_mails().await;
    }
    look(monde, &mut temoin, "ended").await;
    let gone = monde.backend.let_go(&temoin.by, reference).await;
    temoin.note("let_go", &format!("{gone:?}"));
    let again = monde.present(&temoin.by, FINIE, &[("nom", "Finisterre")]).await;
    keep(&mut temoin, again, FINIE);
    monde.send_mails().await;
    look(monde, &mut temoin, "presented again").await;
    temoin.told
}

/// The pages and the answers about an agent who ended, and about nobody.
async fn browses_one_who_ends(monde: &Monde) {
    let (by, rh) = monde.service_formation("rh@toulouse.example", "COMMUNE:31555").await;
    let reference = monde.present(&by, FINIE, &[("nom", "Finisterre")]).await.to_string();
    monde.send_mails().await;
    let token = monde.boite.token(FINIE, "activation");
    let connexion = monde.certified(&token).await;
    let mut navigateur = Navigateur::new(monde);
    navigateur.sign_in(&rh);
    assert!(navigateur.get("/service-formation").await.html.contains(&reference));
    let who = monde.backend.formateur(&connexion).await.unwrap().unwrap();
    monde.backend.erase_account(&monde.client, &who, MOT_DE_PASSE).await.unwrap();
    let list = navigateur.get("/service-formation").await;
    assert!(!list.html.contains(&reference) && !list.html.contains("Finisterre"), "{}", list.html);
    let read = acces().find(|declared| declared.nom == "ReadAgent").unwrap().chemin;
    let free = acces().find(|declared| declared.nom == "LetGo").unwrap().chemin;
    let mut answers = Vec::new();
    for reference in [reference.as_str(), "IEL-0000-0000"] {
        let page = navigateur.get(&format!("/service-formation/agents/{reference}/retirer")).await;
        let mut answer = format!("{} {}", page.status, without_nonce(&page.html));
        for chemin in [read, free] {
            let page = navigateur.post(chemin, &[("reference", reference)]).await;
            answer += &format!(" {} {} {}", page.status, page.location(), without_nonce(&page.html));
        }
        answers.push(answer.replace(reference, "‹référence›"));
    }
    assert_eq!(answers[0], answers[1], "who ended is who never was");
}

on_both_engines! {
    async fn an_agent_who_was_erased_ends_as_one_who_never_came(monde: Monde) {
        let erased = monde.another().await;
        same(&presents_one_who_ends(&monde, false).await, &presents_one_who_ends(&erased, true).await);
        browses_one_who_ends(&monde.another().await).await;
    }
}
