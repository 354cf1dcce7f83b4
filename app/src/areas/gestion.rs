//! The gestionnaires' side: dense, calm, keyboard first.

pub mod annuaire;
mod avis;
mod cadre;
pub mod connexions;
pub mod courriels;
pub mod delegations;
pub mod dossiers;
pub mod equipe;
mod fichier;
mod filtre_ici;
mod filtres;
pub mod formations;
pub mod journal;
mod lecture;
mod mot_de_passe;
pub mod motifs;
pub mod preinscriptions;
pub mod second_facteur;
pub mod services_formation;
mod si_active;
pub mod statistiques;

pub use mot_de_passe::PageMotDePasseGestion;
