//! How a person sees and erases the data kept about them (RGPD, articles 15 to 20).

use async_trait::async_trait;
use domain::Reference;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::base::appelants::Formateur;
use crate::base::exchange::Client;
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MesDonnees {
    pub reference: Reference,
    /// The instants at which a gestionnaire opened the file, newest first. The gestionnaire is never named.
    pub consultations: Vec<Millis>,
    /// The exports of the list since this request was sent, newest first. The request may have been in them.
    pub exports: Vec<Millis>,
    pub effacement: Effacement,
}

/// Whether the account may be erased by its person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Effacement {
    /// A validated account.
    Compte,
    /// A request that waits: it is withdrawn and erased.
    Demande,
    /// A refusal is kept until then, for an appeal (RGPD, article 17.3.e).
    RefusConserve { jusqu_a: Millis },
    /// The address has just changed, and its former mailbox may still undo it. Until then nobody can erase the
    /// account, because somebody else may have changed the address.
    AdresseRecente { jusqu_a: Millis },
}

impl Effacement {
    pub fn is_possible(self) -> bool {
        matches!(self, Self::Compte | Self::Demande)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssueEffacement {
    Efface,
    MotDePasseFaux,
    /// After several failures.
    Retarde {
        minutes: u32,
    },
    /// See [`Effacement`].
    Conserve,
}

#[async_trait]
pub trait DonneesPersonnelles: Send + Sync {
    async fn about_me(&self, who: &Formateur) -> Reply<MesDonnees>;
    /// Erases the account and all its rows. The person must give their password again.
    async fn erase_account(&self, client: &Client, who: &Formateur, password: &str) -> Reply<IssueEffacement>;
}
