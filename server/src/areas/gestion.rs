//! The staff.

pub mod annuaire;
pub mod courriels;
pub mod delegations;
pub mod dossiers;
pub mod equipe;
pub mod formations;
pub mod journal;
pub mod motifs;
pub mod preinscriptions;
pub mod second_facteur;
pub mod statistiques;
