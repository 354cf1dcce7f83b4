//! A sign-up once sent.

use async_trait::async_trait;
use domain::courriel::CourrielSuivi;
use domain::{Cas, Etape, Reference};
use serde::{Deserialize, Serialize};

use crate::base::exchange::{Client, DraftKey};
use crate::base::port::Reply;

/// The outcome of « Valider ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Envoi {
    Enregistre,
    /// An answer is missing in this tab. `None` if the collectivité is missing.
    Incomplet(Option<Etape>),
    BrouillonAbsent,
}

/// The content of the page after « Valider ».
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemandeEnvoyee {
    pub reference: Reference,
    /// `j•••@exemple.fr`.
    pub courriel_masque: String,
    pub cas: Cas,
    /// False once the request is activated or expired: then there is nothing to send again.
    pub en_attente: bool,
    /// The newest activation mail to this address. It looks the same whatever the mail says.
    pub courriel: Option<CourrielSuivi>,
}

/// The outcome of « Renvoyer le courriel » or « Corriger mon adresse ». It is the same for a known address.
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
