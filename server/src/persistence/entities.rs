//! The tables as sea-orm sees them, one file each.

pub mod brouillon;
pub mod brouillon_agent;
pub mod brouillon_cle;
pub mod collectivite;
pub mod compte;
pub mod compte_mot;
pub mod compteur;
pub mod contact_formation;
pub mod correction;
pub mod courriel;
pub mod decision;
pub mod gestionnaire;
pub mod identifiant;
pub mod jeton;
pub mod journal;
pub mod motif;
pub mod mouvement;
pub mod note;
pub mod presentation;
pub mod prise;
pub mod remarque;
pub mod reprise;
pub mod service_formation;
pub mod session;
