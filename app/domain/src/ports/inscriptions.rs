//! A sign-up once sent.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Client, CourrielSuivi, DraftKey, Reply};
use crate::{Cas, Etape, Reference};

/// What became of « Valider ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Envoi {
    Enregistre,
    /// A tab is missing something; no collectivité means the page before the tabs.
    Incomplet(Option<Etape>),
    BrouillonAbsent,
}

/// What the sent page says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandeEnvoyee {
    pub reference: Reference,
    /// `j•••@exemple.fr`.
    pub courriel_masque: String,
    pub cas: Cas,
    /// False once activated or expired: nothing is left to resend.
    pub en_attente: bool,
    /// The newest activation mail to this address; the same whatever that mail says.
    pub courriel: Option<CourrielSuivi>,
}

/// What became of « Renvoyer le courriel » or « Corriger mon adresse ». The same for a known address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Renvoi {
    Envoye,
    /// Three mails were already sent to this address in 24 hours.
    TropDeCourriels,
    AdresseInvalide,
    /// There is nothing to resend: no request behind this key, or already activated.
    SansObjet,
}

#[async_trait]
pub trait Inscriptions: Send + Sync {
    /// Parses every tab again and writes account, journal and mail in one transaction.
    async fn submit(&self, client: &Client, key: &DraftKey) -> Reply<Envoi>;
    /// The request sent by the holder of this key.
    async fn sent(&self, key: &DraftKey) -> Reply<Option<DemandeEnvoyee>>;
    async fn resend(&self, client: &Client, key: &DraftKey) -> Reply<Renvoi>;
    /// Ends the former address's link and sends one to the new address.
    async fn correct_address(&self, client: &Client, key: &DraftKey, courriel: &str) -> Reply<Renvoi>;
}
