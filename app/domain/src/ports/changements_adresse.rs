//! Another address for an active account (E13).

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Client, ConnexionToken, Formateur, Lien, Reply};

/// What became of « Changer mon adresse ». The same whether the address has an account or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnvoiConfirmation {
    /// A link goes to the new address; nothing changes before it is confirmed.
    Envoyee,
    AdresseInvalide,
    /// It is theirs already.
    MemeAdresse,
    MotDePasseFaux,
    /// After several wrong passwords: try again in so many minutes.
    Retardee {
        minutes: u32,
    },
    /// This account, or this address, was asked about three times in an hour: so many minutes to wait.
    TropDeChangements {
        minutes: u32,
    },
    /// Only an active account changes its address.
    SansObjet,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AdresseVue {
    Confirmer {
        nouvelle: String,
        /// The new address has a password here already: that one opens the account from then on.
        connue: bool,
    },
    Annuler {
        ancienne: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueAdresse {
    Changee,
    /// The former one is back; a link to a new password went to it.
    Retablie,
    /// Somebody else activated an account under it meanwhile. Said to who holds the link of that mailbox.
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
    /// Confirms a change, or undoes it. `connexion`, of the browser that asks, is kept by a confirmation if it is the
    /// account's.
    async fn apply_address(
        &self,
        client: &Client,
        token: &str,
        connexion: Option<&ConnexionToken>,
    ) -> Reply<IssueAdresse>;
}
