//! Rows. One mapping file an aggregate; the SQL a single engine speaks is in [`engine`].

pub mod annuaire;
pub mod annuaire_chargement;
pub mod brouillons;
mod codes;
pub mod comptes;
pub mod compteurs;
pub mod contacts;
pub mod corrections;
pub mod courriels;
pub mod decisions;
pub mod delais;
pub mod demandes;
pub mod engine;
pub mod entities;
pub mod gestionnaires;
pub mod identifiants;
pub mod jetons;
pub mod journal;
pub mod migrations;
pub mod motifs;
pub mod mots;
pub mod mouvements;
pub mod notes;
pub mod prises;
pub mod reprises;
pub mod sessions;
