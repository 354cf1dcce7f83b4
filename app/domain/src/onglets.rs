//! The tabs. One file each; a line of [`crate::onglet!`] is a field.

mod adresses;
mod coordonnees;
#[cfg(test)]
mod epreuves;
#[cfg(test)]
mod hostiles;
mod identite;
mod interlocuteurs;
mod situation_professionnelle;
mod validation;

pub use adresses::{Adresses, AdressesDraft, AdressesField};
pub use coordonnees::{Coordonnees, CoordonneesDraft, CoordonneesField};
pub use identite::{Identite, IdentiteDraft, IdentiteField};
pub use interlocuteurs::{Interlocuteurs, InterlocuteursDraft, InterlocuteursField};
pub use situation_professionnelle::{
    SituationProfessionnelle, SituationProfessionnelleDraft, SituationProfessionnelleField,
};
pub use validation::{Validation, ValidationDraft, ValidationField};
