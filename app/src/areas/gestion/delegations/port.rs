//! The délégations, as the gestionnaires keep them.

use async_trait::async_trait;
use domain::formation::{DelegationSaisie, FauteDelegation};
use serde::{Deserialize, Serialize};

use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DelegationGeree {
    pub id: i64,
    /// The version that a change must name.
    pub version: i64,
    /// Its texts, as a form shows them.
    pub saisie: DelegationSaisie,
    /// Whether it may be chosen for a session.
    pub active: bool,
}

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DelegationEnregistree {
    Faite,
    /// Every fault: nothing was written.
    Refusee(Vec<FauteDelegation>),
    /// Someone changed it meanwhile, or there is no such délégation.
    Perimee,
}

#[async_trait]
pub trait Delegations: Send + Sync {
    /// By name.
    async fn delegations(&self, by: &Gestionnaire) -> Reply<Vec<DelegationGeree>>;
    async fn delegation(&self, by: &Gestionnaire, id: i64) -> Reply<Option<DelegationGeree>>;
    async fn add_delegation(&self, by: &Gestionnaire, saisie: &DelegationSaisie) -> Reply<DelegationEnregistree>;
    /// Replaces the texts of the délégation if it still has this version.
    async fn change_delegation(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        saisie: &DelegationSaisie,
    ) -> Reply<DelegationEnregistree>;
    /// `false` when it has another version, or does not exist. A session keeps a délégation that is not active any more.
    async fn activate_delegation(&self, by: &Gestionnaire, id: i64, version: i64, active: bool) -> Reply<bool>;
}
