//! Mail: the texts ([`modeles`] and the modules beside it), their layout ([`Courrier`]), and how they leave
//! ([`Transport`]).

mod erreur;
mod lettre;
mod message;
pub mod modeles;
pub mod modeles_adresse;
pub mod modeles_effacement;
pub mod modeles_equipe;
mod smtp;
mod transport;

pub use self::erreur::{SendError, TransportError};
pub use self::lettre::{Action, Courrier};
pub use self::message::{Expediteur, MessageError, Pli};
pub use self::transport::{Envoye, Memory, Transport};

#[cfg(test)]
mod snapshot_tests;
