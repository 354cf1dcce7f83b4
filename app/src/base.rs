//! The ground: it knows the domain and nothing of the house.

pub mod adresses;
pub mod appel;
pub mod appelants;
pub mod browser;
pub mod contexte;
pub mod droits;
pub mod erreur;
pub mod exchange;
pub mod fault;
pub mod notice;
pub mod paquet;
pub mod port;
pub mod refus;
pub mod routage;
pub mod vue;
