//! What mailed links lead to.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Administrateur, Client, ConnexionToken, Millis, Reply, Role};
use crate::Reference;
use crate::collectivite::CleCollectivite;

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
    /// Whether a service formation presented the person, who goes over what it typed before the request is sent.
    pub a_relire: bool,
}

/// What became of a password chosen behind a link. Nothing is consumed unless it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoixMotDePasse {
    /// The new connexion; for the team it waits for the second factor.
    Enregistre(ConnexionToken),
    Refuse(MotDePasseRefuse),
    /// In cas 1 the agent says here that they read the information on the use of their data: it was not said.
    ACocher,
    /// The address has a password already, and this is not it. After several failures, to be tried in so many minutes.
    Autre {
        minutes: u32,
    },
    /// The link died meanwhile: its page says why.
    LienMort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MotDePasseRefuse {
    TropCourt,
    TropLong,
    TropFaible,
    /// In a list of passwords that leaked.
    Fuite,
}

#[async_trait]
pub trait Activations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<ActivationVue>>;
    /// `informed`: the person read the information on the use of their data, asked for where [`ActivationVue::a_relire`].
    async fn activate(&self, client: &Client, token: &str, password: &str, informed: bool) -> Reply<ChoixMotDePasse>;
    /// A new link for an expired one, to the same address. Always the same answer.
    async fn renew(&self, client: &Client, token: &str) -> Reply<()>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationVue {
    pub courriel: String,
    pub invite: Invite,
}

/// Who is invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invite {
    Equipe(Role),
    ServiceFormation {
        /// On one line.
        collectivite: String,
        /// The address has a password already, which the invitation asks for: it gives no other person's account away.
        connue: bool,
    },
}

/// A service formation as the team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFormationInvite {
    pub id: i64,
    pub courriel: String,
    /// On one line.
    pub collectivite: String,
    pub invite_le: Millis,
    /// `None`: the invitation waits.
    pub accepte_le: Option<Millis>,
    pub desactive_le: Option<Millis>,
    pub derniere_connexion: Option<Millis>,
}

/// What became of the invitation of a service formation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationServiceFormation {
    /// It goes by mail, and its 72 hours begin when it does.
    Envoyee,
    AdresseInvalide,
    /// Unknown, archived, or the generic employer, which has no service formation.
    CollectiviteInconnue,
    /// Whoever invites lost their right meanwhile.
    SansDroit,
}

#[async_trait]
pub trait Invitations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<InvitationVue>>;
    /// `nom` is asked of the team only.
    async fn accept(&self, client: &Client, token: &str, nom: &str, password: &str) -> Reply<ChoixMotDePasse>;
    /// Invites a service formation by mail, or again: its former links end. Another collectivité replaces the former one.
    async fn invite_service_formation(
        &self,
        by: &Administrateur,
        courriel: &str,
        collectivite: &CleCollectivite,
    ) -> Reply<InvitationServiceFormation>;
    /// By collectivité, then by address.
    async fn services_formation(&self, by: &Administrateur) -> Reply<Vec<ServiceFormationInvite>>;
    /// Ends its connexions and its links. `false` when there is none, or it was disabled.
    async fn disable_service_formation(&self, by: &Administrateur, id: i64) -> Reply<bool>;
}
