//! The mail system, as the worker uses it.

use async_trait::async_trait;
use domain::instant::Millis;

use crate::mail::{Courrier, Expediteur, MessageError, Pli, SendError, Transport};

#[async_trait]
pub trait Poste: Send + Sync {
    /// Hands one letter over. Retries give the same `message_id` and `date`.
    async fn deliver(&self, courrier: &Courrier, to: &str, message_id: &str, date: Millis) -> Result<(), SendError>;
}

/// A transport, and the sender of the mails.
#[derive(Clone)]
pub struct Bureau {
    pub transport: Transport,
    pub from: Expediteur,
}

#[async_trait]
impl Poste for Bureau {
    async fn deliver(&self, courrier: &Courrier, to: &str, message_id: &str, date: Millis) -> Result<(), SendError> {
        let pli = Pli::new(courrier, &self.from, to, message_id, date).map_err(|error| match error {
            MessageError::Address => SendError::Recipient(error.to_string()),
            MessageError::MessageId | MessageError::Layout => SendError::Temporary(error.to_string()),
        })?;
        self.transport.send(&pli).await
    }
}
