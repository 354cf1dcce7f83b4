//! The doors: logins, connexions, passwords, and the links that mails carry.

pub mod activations;
pub mod authentification;
pub mod connexions;
pub mod invitations;
pub mod invitations_service_formation;
pub mod liens;
pub mod mails;
pub mod mots_de_passe;
pub mod preuve;
pub mod usages;

pub(crate) use authentification::RESETS;
pub(crate) use preuve::Preuve;
