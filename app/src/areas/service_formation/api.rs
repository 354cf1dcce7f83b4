use std::collections::BTreeMap;

use domain::compte::Statut;
use domain::saisie::changed;
use domain::{Etape, Reference};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::port::{EnvoiAgent, FiltreAgents, ListeAgents, ServicesFormation};
use crate::areas::acces::{ConnexionOuverte, own_connexions};
use crate::base::adresses::{SERVICE_FORMATION, effacer_path, encode, onglet_path, retirer_path, with_parameter};
use crate::base::appel::appels;
use crate::base::appelants::ServiceFormation;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::paquet::Paquet;
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;

acces! {
    ServiceFormation: ReadAgents, ReadAgent, LetGo, StartAgent, SaveAgentTab, EraseAgentDraft;
}

appels! {
    ReadAgents { recherche, apres }
    ReadAgent { reference }
}

#[server(output = Paquet)]
pub async fn read_agents(
    recherche: String,
    apres: Option<String>,
) -> Result<Option<(ListeAgents, Vec<ConnexionOuverte>)>, ApiError> {
    let Some((by, ports)) = entrer::<ReadAgents>().await? else { return Ok(None) };
    let page = ports.of::<dyn ServicesFormation>().agents(&by, &FiltreAgents { recherche, apres }).await?;
    Ok(Some((page, own_connexions(&ports).await?)))
}

/// An agent as the page that lets them go shows it: no more than that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentSuivi {
    pub nom: String,
    pub reference: Reference,
    /// Whether the request is not activated yet.
    pub en_attente: bool,
}

/// Answers 404 for an unknown agent and for another's.
#[server(output = Paquet)]
pub async fn read_agent(reference: String) -> Result<Option<AgentSuivi>, ApiError> {
    let Some((by, ports)) = entrer::<ReadAgent>().await? else { return Ok(None) };
    let agent = match reference.parse::<Reference>() {
        Ok(reference) => ports.of::<dyn ServicesFormation>().agent(&by, reference).await?,
        Err(_) => None,
    };
    if agent.is_none() {
        ports.exchange.not_found();
    }
    Ok(agent.map(|agent| AgentSuivi {
        nom: format!("{} {}", agent.prenom, agent.nom),
        reference: agent.reference,
        en_attente: agent.statut == Statut::EnAttenteActivation,
    }))
}

#[server]
pub async fn let_go(#[server(default)] reference: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<LetGo>().await? else { return Ok(()) };
    let back = retirer_path(&encode(&reference));
    let gone = match reference.parse::<Reference>() {
        Ok(reference) => ports.of::<dyn ServicesFormation>().let_go(&by, reference).await,
        Err(_) => Ok(false),
    };
    go(gone.map(|gone| done_or_absent(gone, "retire")), &back)
}

/// « Inscrire un agent ».
#[server]
pub async fn start_agent() -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<StartAgent>().await? else { return Ok(()) };
    let id = ports.of::<dyn ServicesFormation>().start(&by).await;
    let path = |id: Option<String>| match id {
        Some(id) => onglet_path(&id, Etape::Identite),
        None => Refus::Brouillons.at(SERVICE_FORMATION),
    };
    go(id.map(path), SERVICE_FORMATION)
}

/// One of the buttons at the end of a tab. Every button keeps the typed texts first.
#[server]
pub async fn save_agent_tab(
    #[server(default)] id: String,
    etape: Etape,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] vers: String,
    #[server(default)] retour: String,
    #[server(default)] marques: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<SaveAgentTab>().await? else { return Ok(()) };
    let back = onglet_path(&encode(&id), etape);
    let fields = changed(etape, &champs, &marques);
    go(leave_tab(&ports, &by, &id, etape, &fields, (&vers, &retour)).await, &back)
}

async fn leave_tab(
    ports: &Ports,
    by: &ServiceFormation,
    id: &str,
    etape: Etape,
    fields: &[(String, String)],
    (vers, retour): (&str, &str),
) -> Reply<String> {
    let Some(draft) = ports.of::<dyn ServicesFormation>().save(by, id, etape, fields).await? else {
        // The draft may be sent already: a second « Valider » is answered like the first.
        return present(ports, by, id).await;
    };
    let and_back = if retour == "validation" { "&retour=validation" } else { "" };
    let previous = || etape.previous().map_or_else(|| SERVICE_FORMATION.to_owned(), |etape| onglet_path(id, etape));
    match vers {
        "precedent" => return Ok(previous()),
        "annuler" => return Ok(effacer_path(id)),
        "liste" => return Ok(format!("{SERVICE_FORMATION}?garde=1")),
        _ => {}
    }
    if !draft.brouillon.onglet(etape).errors(&draft.contexte()).is_empty() {
        return Ok(format!("{}?verifier=1{and_back}", onglet_path(id, etape)));
    }
    match etape.next() {
        Some(_) if retour == "validation" => Ok(onglet_path(id, Etape::Validation)),
        Some(next) => Ok(onglet_path(id, next)),
        None => present(ports, by, id).await,
    }
}

async fn present(ports: &Ports, by: &ServiceFormation, id: &str) -> Reply<String> {
    Ok(match ports.of::<dyn ServicesFormation>().present(&ports.exchange.client(), by, id).await? {
        EnvoiAgent::Presente(reference) => format!("{SERVICE_FORMATION}?inscrit={reference}"),
        EnvoiAgent::Incomplet(etape) => format!("{}?verifier=1&retour=validation", onglet_path(id, etape)),
        EnvoiAgent::TropDeFois => Refus::Fois.at(&onglet_path(id, Etape::Validation)),
        EnvoiAgent::BrouillonAbsent => Refus::Absent.at(SERVICE_FORMATION),
    })
}

#[server]
pub async fn erase_agent_draft(#[server(default)] id: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<EraseAgentDraft>().await? else { return Ok(()) };
    let back = effacer_path(&encode(&id));
    let gone = ports.of::<dyn ServicesFormation>().erase(&by, &id).await;
    go(gone.map(|gone| done_or_absent(gone, "efface")), &back)
}

/// The list of the agents, which says that it was done, or that there was no such agent.
fn done_or_absent(done: bool, said: &str) -> String {
    if done { with_parameter(SERVICE_FORMATION, said, "1") } else { Refus::Absent.at(SERVICE_FORMATION) }
}
