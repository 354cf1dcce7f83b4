//! The ground: it knows the domain and nothing of the house.

pub mod adresses;
pub mod browser;
pub mod contexte;
pub mod droits;
pub mod erreur;
pub mod notice;
pub mod paquet;
pub mod routage;
