//! The server functions.

pub mod activation;
pub mod connexion;
pub mod connexions;
pub mod mots_de_passe;
