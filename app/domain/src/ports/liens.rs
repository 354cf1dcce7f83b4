//! What mailed links lead to.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Client, Reply, Role, SessionToken};
use crate::Reference;

/// What a mailed link leads to. Looking changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lien<T> {
    Vivant(T),
    Expire,
    Utilise,
    /// Never made by us, or cut short.
    Inconnu,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationVue {
    pub prenom: String,
    pub employeur: String,
    pub reference: Reference,
}

/// What became of a password chosen behind a link. Nothing is consumed unless it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoixMotDePasse {
    /// The new session.
    Enregistre(SessionToken),
    Refuse(MotDePasseRefuse),
    /// The link died meanwhile: its page says why.
    LienMort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MotDePasseRefuse {
    TropCourt,
    TropLong,
    TropFaible,
}

#[async_trait]
pub trait Activations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<ActivationVue>>;
    async fn activate(&self, client: &Client, token: &str, password: &str) -> Reply<ChoixMotDePasse>;
    /// A new link for an expired one, to the same address. Always the same answer.
    async fn renew(&self, client: &Client, token: &str) -> Reply<()>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationVue {
    pub courriel: String,
    pub role: Role,
}

#[async_trait]
pub trait Invitations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<InvitationVue>>;
    async fn accept(&self, client: &Client, token: &str, nom: &str, password: &str) -> Reply<ChoixMotDePasse>;
}
