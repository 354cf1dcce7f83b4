//! The queue, a file, and the decisions.

pub mod decisions;
pub mod demandes;
pub mod dossier;
pub mod export;
pub mod lots;
pub mod mails;
pub mod port;
pub mod prise;
pub mod prises;
pub mod statuts;
