//! The service formation of a collectivité (cas 1): the agents it presents, and nothing else.
//!
//! The wall: what a method here answers is made of what this service formation typed and of the state of what it
//! presented. It never depends on anybody else's account.

use serde::{Deserialize, Serialize};

use super::{BrouillonEnCours, Client, Millis, Reply, ServiceFormation};
use crate::compte::Statut;
use crate::{Etape, Reference};

/// Which of its agents a service formation looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltreAgents {
    /// Word prefixes of the name it typed, or a reference.
    pub recherche: String,
    /// The opaque key of the page before, from [`PageAgents::suivante`].
    pub apres: Option<String>,
}

/// An agent as it was presented: what was typed then, whatever became of it since, and the state.
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
    /// Random: it tells nothing of how many there are.
    pub id: String,
    /// What was typed of the name so far; may be empty.
    pub nom: String,
    pub prenom: String,
    /// The day its answers are kept until if nobody saves again, in words.
    pub fin: String,
    /// Where to go on.
    pub etape: Etape,
}

/// The page of a service formation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageAgents {
    /// The collectivité, on one line.
    pub collectivite: String,
    /// The newest first.
    pub brouillons: Vec<BrouillonAgent>,
    /// 50 at most, the newest first.
    pub agents: Vec<AgentPresente>,
    pub suivante: Option<String>,
}

/// What became of « Valider ». The same whether the address has an account or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnvoiAgent {
    Presente(Reference),
    Incomplet(Etape),
    /// This service formation already presented this address three times in 24 hours.
    TropDeFois,
    BrouillonAbsent,
}

port! {
    /// What a service formation can do. Drafts and agents are those of its collectivité; what is another's is answered
    /// as what never was.
    pub trait ServicesFormation {
        async fn agents(&self, by: &ServiceFormation, filtre: &FiltreAgents) -> Reply<PageAgents>;
        async fn agent(&self, by: &ServiceFormation, reference: Reference) -> Reply<Option<AgentPresente>>;
        /// « N’est plus notre agent »: it leaves the list; a request nobody has activated yet ends. `false` when there
        /// is no such agent.
        async fn let_go(&self, by: &ServiceFormation, reference: Reference) -> Reply<bool>;
        /// A new draft; its id. `None` when the collectivité has as many as it may.
        async fn start(&self, by: &ServiceFormation) -> Reply<Option<String>>;
        /// `None` when it was purged, sent, another's or never was.
        async fn draft(&self, by: &ServiceFormation, id: &str) -> Reply<Option<BrouillonEnCours>>;
        /// Keeps what was typed, as [`super::Brouillons::save`] does.
        async fn save(
            &self,
            by: &ServiceFormation,
            id: &str,
            etape: Etape,
            fields: &[(String, String)],
        ) -> Reply<Option<BrouillonEnCours>>;
        async fn erase(&self, by: &ServiceFormation, id: &str) -> Reply<bool>;
        /// Parses every tab again and writes account, journal and mail in one transaction. Once a draft.
        async fn present(&self, client: &Client, by: &ServiceFormation, id: &str) -> Reply<EnvoiAgent>;
    }
}
