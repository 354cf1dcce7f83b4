//! What the worker asks of the mail system.

use async_trait::async_trait;

use super::lettre::Lettre;

/// Why a mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Echec {
    /// Worth trying again: a 4xx, a time-out.
    Temporary(String),
    /// A 5xx for the recipient: trying again would not help.
    Recipient(String),
    /// Authentication, TLS: no mail would leave.
    Queue(String),
}

#[async_trait]
pub trait Poste: Send + Sync {
    /// Hands one mail over. `message_id` is kept over retries.
    async fn deliver(&self, message_id: &str, destinataire: &str, lettre: &Lettre) -> Result<(), Echec>;
}
