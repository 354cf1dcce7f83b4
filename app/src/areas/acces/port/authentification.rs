//! Logins and resets.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{ChoixMotDePasse, Lien};
use crate::base::exchange::{Client, ConnexionToken};
use crate::base::port::Reply;

/// The radio chosen on the login page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Espace {
    #[serde(rename = "service")]
    ServiceFormation,
    #[serde(rename = "agent")]
    Agent,
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
    /// Gives the same answer for every address: only the mail tells.
    async fn request_reset(&self, client: &Client, courriel: &str) -> Reply<()>;
    /// The address that the link was mailed to, whose password it changes.
    async fn open_reset(&self, token: &str) -> Reply<Lien<String>>;
    /// Ends every connexion of the account.
    async fn reset(&self, client: &Client, token: &str, password: &str) -> Reply<ChoixMotDePasse>;
}
