//! The rules of a préinscription: its fields and their messages, the life of an account. The same types run in the browser and on the server; nothing here knows how either works.

pub mod accessibilite;
pub mod brouillon;
pub mod cas;
mod codes;
pub mod collectivite;
pub mod compte;
pub mod conservation;
pub mod correction;
pub mod courriel;
pub mod demande;
pub mod etape;
pub mod exploitant;
pub mod filtre;
pub mod formation;
pub mod instant;
pub mod motif;
pub mod onglet;
pub mod onglets;
pub mod reference;
pub mod saisie;
pub mod suivi;
pub mod tableau;
pub mod valeurs;

pub use brouillon::{Brouillon, BrouillonEnCours, EtatOnglet, Ligne, Rubrique};
pub use cas::Cas;
pub use demande::Demande;
pub use etape::Etape;
pub use onglet::{Contexte, FieldError};
pub use reference::{Reference, ReferencePreinscription};
pub use tableau::Tableau;
