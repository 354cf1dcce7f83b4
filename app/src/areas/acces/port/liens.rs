//! The pages that mailed links lead to.

use async_trait::async_trait;
use domain::Reference;
use domain::collectivite::CleCollectivite;
use domain::instant::Millis;
use domain::valeurs::MotDePasseRefuse;
use serde::{Deserialize, Serialize};

use crate::base::appelants::{Administrateur, Role};
use crate::base::exchange::{Client, ConnexionToken};
use crate::base::port::Reply;

/// The state of a mailed link, and the content of its page. Looking changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lien<T> {
    Vivant(T),
    Expire,
    Utilise,
    /// Never made by us, or cut short.
    Inconnu,
}

impl<T> Lien<T> {
    /// The same state, with other content.
    pub fn map<U>(self, content: impl FnOnce(T) -> U) -> Lien<U> {
        match self {
            Self::Vivant(found) => Lien::Vivant(content(found)),
            Self::Expire => Lien::Expire,
            Self::Utilise => Lien::Utilise,
            Self::Inconnu => Lien::Inconnu,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivationVue {
    pub prenom: String,
    pub employeur: String,
    pub reference: Reference,
    /// Whether a service formation presented the person. They then check its answers before the request is sent.
    pub a_relire: bool,
}

/// The outcome of a password chosen behind a link. The link is used up only if the password was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChoixMotDePasse {
    /// The new connexion; for the team it waits for the second factor.
    Enregistre(ConnexionToken),
    Refuse(MotDePasseRefuse),
    /// The box is not ticked. In cas 1 the agent must say here that they read how their data are used.
    ACocher,
    /// The address has a password already, and this is another one. After several failures, so many minutes to wait.
    Autre {
        minutes: u32,
    },
    /// The link died meanwhile: its page says why.
    LienMort,
}

#[async_trait]
pub trait Activations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<ActivationVue>>;
    /// `informed`: the person says that they read how their data are used. It is needed if
    /// [`ActivationVue::a_relire`].
    async fn activate(&self, client: &Client, token: &str, password: &str, informed: bool) -> Reply<ChoixMotDePasse>;
    /// Mails a new link for an expired one, to the same address. Always gives the same answer.
    async fn renew(&self, client: &Client, token: &str) -> Reply<()>;
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationVue {
    pub courriel: String,
    pub invite: Invite,
}

/// The invited person or service formation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Invite {
    Equipe(Role),
    ServiceFormation {
        /// On one line.
        collectivite: String,
        /// Whether the address has a password already. The invitation then asks for it, so that its bearer can't
        /// enter another person's account.
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
    /// `None` while the invitation waits.
    pub accepte_le: Option<Millis>,
    pub desactive_le: Option<Millis>,
    pub derniere_connexion: Option<Millis>,
}

/// The outcome of the invitation of a service formation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvitationServiceFormation {
    /// It goes by mail. Its 72 hours begin when the mail is handed over.
    Envoyee,
    AdresseInvalide,
    /// Unknown, archived, or the generic employer, which has no service formation.
    CollectiviteInconnue,
    /// The person who invites lost their right meanwhile.
    SansDroit,
}

#[async_trait]
pub trait Invitations: Send + Sync {
    async fn open(&self, token: &str) -> Reply<Lien<InvitationVue>>;
    /// `nom` is asked of the team only.
    async fn accept(&self, client: &Client, token: &str, nom: &str, password: &str) -> Reply<ChoixMotDePasse>;
    /// Invites a service formation by mail, or again; its former links end. Accepting an invitation of another
    /// collectivité replaces the former one.
    async fn invite_service_formation(
        &self,
        by: &Administrateur,
        courriel: &str,
        collectivite: &CleCollectivite,
    ) -> Reply<InvitationServiceFormation>;
    /// By collectivité, then by address.
    async fn services_formation(&self, by: &Administrateur) -> Reply<Vec<ServiceFormationInvite>>;
    /// Disables a service formation, and ends its connexions and links. `false` when there is none, or it was disabled.
    async fn disable_service_formation(&self, by: &Administrateur, id: i64) -> Reply<bool>;
}
