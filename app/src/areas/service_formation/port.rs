//! The service formation of a collectivité (cas 1): the agents it presents, and nothing else.
//!
//! The wall: every answer here is made of what this service formation typed and of the states of its agents. It never
//! depends on anybody else's account.

use domain::compte::Statut;
use domain::instant::Millis;
use domain::{BrouillonEnCours, Etape, Reference};
use serde::{Deserialize, Serialize};

use crate::base::appelants::ServiceFormation;
use crate::base::exchange::Client;
use crate::base::port::{Reply, port};

/// The agents that a service formation looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltreAgents {
    /// Word prefixes of the name it typed, or a reference.
    pub recherche: String,
    /// The opaque key of the page before, from [`ListeAgents::suivante`].
    pub apres: Option<String>,
}

/// An agent as the service formation presented them: the name and the address typed then, and the state now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentPresente {
    pub reference: Reference,
    pub nom: String,
    pub prenom: String,
    pub courriel: String,
    pub presente_le: Millis,
    pub statut: Statut,
}

/// A sign-up begun for an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrouillonAgent {
    /// Random, so that it does not tell how many drafts there are.
    pub id: String,
    /// The name typed so far; may be empty.
    pub nom: String,
    pub prenom: String,
    /// The last day its answers are kept if nobody saves again, in words.
    pub fin: String,
    /// The tab to go on with.
    pub etape: Etape,
}

/// The page of a service formation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListeAgents {
    /// The collectivité, on one line.
    pub collectivite: String,
    /// The newest first.
    pub brouillons: Vec<BrouillonAgent>,
    /// 50 at most, the newest first.
    pub agents: Vec<AgentPresente>,
    pub suivante: Option<String>,
}

/// The outcome of « Valider ». It is the same whether the address has an account or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvoiAgent {
    Presente(Reference),
    Incomplet(Etape),
    /// This service formation already presented this address three times in 24 hours.
    TropDeFois,
    BrouillonAbsent,
}

port! {
    /// The actions of a service formation. Its drafts and agents are those of its collectivité. Another's draft or
    /// agent is answered like one that never existed.
    pub trait ServicesFormation {
        async fn agents(&self, by: &ServiceFormation, filtre: &FiltreAgents) -> Reply<ListeAgents>;
        async fn agent(&self, by: &ServiceFormation, reference: Reference) -> Reply<Option<AgentPresente>>;
        /// « N’est plus notre agent »: the agent leaves the list, and a request that nobody has activated ends.
        /// `false` when there is no such agent.
        async fn let_go(&self, by: &ServiceFormation, reference: Reference) -> Reply<bool>;
        /// Begins a draft and gives its id. `None` when the collectivité has its maximum of drafts.
        async fn start(&self, by: &ServiceFormation) -> Reply<Option<String>>;
        /// `None` when the draft was purged or sent, belongs to another, or never existed.
        async fn draft(&self, by: &ServiceFormation, id: &str) -> Reply<Option<BrouillonEnCours>>;
        /// Keeps the typed texts, as [`crate::areas::inscription::Brouillons::save`] does.
        async fn save(
            &self,
            by: &ServiceFormation,
            id: &str,
            etape: Etape,
            fields: &[(String, String)],
        ) -> Reply<Option<BrouillonEnCours>>;
        async fn erase(&self, by: &ServiceFormation, id: &str) -> Reply<bool>;
        /// Parses every tab again and writes account, journal and mail in one transaction, once for each draft.
        async fn present(&self, client: &Client, by: &ServiceFormation, id: &str) -> Reply<EnvoiAgent>;
    }
}
