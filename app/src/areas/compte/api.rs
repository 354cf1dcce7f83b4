//! The server functions.

pub mod adresse;
pub mod compte;
pub mod mes_donnees;
pub mod suivi;
