//! The person's own account.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Formateur, Millis, Reply};
use crate::compte::Statut;
use crate::{Cas, Etape, Reference};

/// What the person sees of their account. Before `Actif` no birth date, phone or postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonCompte {
    pub prenom: String,
    pub nom: String,
    pub courriel: String,
    pub reference: Reference,
    pub statut: Statut,
    pub cas: Cas,
    pub employeur: String,
    pub envoyee_le: Millis,
    pub activee_le: Option<Millis>,
    pub decidee_le: Option<Millis>,
    /// For a refusal: the motive's wording and the gestionnaire's message.
    pub motif: Option<String>,
    pub message: Option<String>,
    /// Tab by tab, (label, value) as read; empty before `Actif`.
    pub donnees: Vec<(Etape, Vec<(String, String)>)>,
}

#[async_trait]
pub trait Comptes: Send + Sync {
    async fn mine(&self, who: &Formateur) -> Reply<MonCompte>;
}
