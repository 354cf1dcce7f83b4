//! Connexions, and the people whom they prove.

use crate::codes;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{ChoixMotDePasse, Client, ConnexionToken, Lien, Pause, Reply};

/// The radio chosen on the login page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Espace {
    #[serde(rename = "service")]
    ServiceFormation,
    #[serde(rename = "agent")]
    Agent,
}

codes! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Role {
        Gestionnaire = "gestionnaire";
        Administrateur = "administrateur";
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssueAuthentification {
    /// `space` is where the person belongs, whatever the radio said.
    Ouverte {
        connexion: ConnexionToken,
        space: Espace,
    },
    Refusee,
    /// After several failures: try again in so many minutes.
    Retardee {
        minutes: u32,
    },
}

/// A formateur whose connexion was just read from the database: the proof every method of theirs asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formateur {
    pub compte_id: i64,
}

/// A gestionnaire whose connexion was just read from the database, their second factor proved in it: the proof every
/// decision asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gestionnaire {
    pub id: i64,
    pub nom: String,
    pub role: Role,
    /// The pause of the mails, which every page announces.
    pub suspension: Option<Pause>,
}

/// A gestionnaire who may also manage the team and read the journal. Only a gestionnaire with that right becomes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Administrateur(Gestionnaire);

impl Gestionnaire {
    pub fn administrateur(&self) -> Option<Administrateur> {
        (self.role == Role::Administrateur).then(|| Administrateur(self.clone()))
    }
}

impl std::ops::Deref for Administrateur {
    type Target = Gestionnaire;

    fn deref(&self) -> &Gestionnaire {
        &self.0
    }
}

/// A service formation whose connexion was just read from the database. It sees the agents that its collectivité
/// presented, nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceFormation {
    /// The id of the address that signed in: a collectivité may have several.
    pub id: i64,
    pub collectivite_id: i64,
}

#[async_trait]
pub trait Authentification: Send + Sync {
    async fn login(
        &self,
        client: &Client,
        espace: Espace,
        courriel: &str,
        password: &str,
    ) -> Reply<IssueAuthentification>;
    /// Opens a connexion that waits for the second factor. The answer's `space` has no meaning here and is `Agent`.
    async fn staff_login(&self, client: &Client, courriel: &str, password: &str) -> Reply<IssueAuthentification>;
    async fn logout(&self, connexion: &ConnexionToken) -> Reply<()>;
    async fn formateur(&self, connexion: &ConnexionToken) -> Reply<Option<Formateur>>;
    async fn service_formation(&self, connexion: &ConnexionToken) -> Reply<Option<ServiceFormation>>;
    async fn gestionnaire(&self, connexion: &ConnexionToken) -> Reply<Option<Gestionnaire>>;
    /// Gives the same answer for every address: only the mail tells.
    async fn request_reset(&self, client: &Client, courriel: &str) -> Reply<()>;
    /// The address that the link was mailed to, whose password it changes.
    async fn open_reset(&self, token: &str) -> Reply<Lien<String>>;
    /// Ends every connexion of the account.
    async fn reset(&self, client: &Client, token: &str, password: &str) -> Reply<ChoixMotDePasse>;
}
