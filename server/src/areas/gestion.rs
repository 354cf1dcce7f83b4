//! The staff.

pub mod annuaire;
pub mod courriels;
pub mod dossiers;
pub mod equipe;
pub mod journal;
pub mod motifs;
pub mod preinscriptions;
pub mod second_facteur;
pub mod statistiques;
