//! Another address for an active account (E13).

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::areas::acces::Lien;
use crate::base::appelants::Formateur;
use crate::base::exchange::{Client, ConnexionToken};
use crate::base::port::Reply;

/// The outcome of « Changer mon adresse ». It is the same whether the address has an account or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvoiConfirmation {
    /// A link goes to the new address; nothing changes before it is confirmed.
    Envoyee,
    AdresseInvalide,
    /// The account has this address already.
    MemeAdresse,
    MotDePasseFaux,
    /// After several wrong passwords: try again in so many minutes.
    Retardee {
        minutes: u32,
    },
    /// Three changes were asked for in an hour, for this account or to this address: so many minutes to wait.
    TropDeChangements {
        minutes: u32,
    },
    /// Only an active account changes its address.
    SansObjet,
}

/// The page that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AdresseVue {
    Confirmer {
        nouvelle: String,
        /// The new address has a password here already. From the change on, that password opens the account.
        connue: bool,
    },
    Annuler {
        ancienne: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueAdresse {
    Changee,
    /// The former address is back, and was mailed a link to a new password.
    Retablie,
    /// Somebody else activated an account with this address meanwhile. Only the reader of its mailbox learns this.
    Prise,
    LienMort,
}

#[async_trait]
pub trait ChangementsAdresse: Send + Sync {
    async fn ask_address(
        &self,
        client: &Client,
        who: &Formateur,
        password: &str,
        courriel: &str,
    ) -> Reply<EnvoiConfirmation>;
    /// Looking changes nothing.
    async fn open_address(&self, token: &str) -> Reply<Lien<AdresseVue>>;
    /// Confirms a change, or undoes it. `connexion` is the connexion of the asking browser: a confirmation keeps it open
    /// if it belongs to the account.
    async fn apply_address(
        &self,
        client: &Client,
        token: &str,
        connexion: Option<&ConnexionToken>,
    ) -> Reply<IssueAdresse>;
}
