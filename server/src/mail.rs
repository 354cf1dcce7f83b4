//! Mail: what its texts share ([`formules`]), its layout ([`Courrier`]), and how it leaves ([`Transport`]).

mod erreur;
#[cfg(test)]
pub(crate) mod exemples;
pub mod formules;
mod lettre;
mod message;
mod smtp;
mod transport;

pub use erreur::{SendError, TransportError};
pub use lettre::{Action, Courrier};
pub use message::{Expediteur, MessageError, Pli};
pub use transport::{Envoye, Memory, Transport};
