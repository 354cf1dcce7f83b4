//! Mail: the texts ([`modeles`]), their layout ([`Courrier`]), and how they leave ([`Transport`]).

mod erreur;
mod lettre;
mod message;
pub mod modeles;
mod smtp;
mod transport;

pub use self::erreur::{SendError, TransportError};
pub use self::lettre::{Action, Courrier};
pub use self::message::{Expediteur, MessageError, Pli};
pub use self::transport::{Envoye, Memory, Transport};

#[cfg(test)]
mod snapshot_tests;
