//! The value types: one way in ([`crate::onglet::Read`]), a rule each, and `Display` that reads back.

/// `Display` and `as_str` of a value that is a text.
macro_rules! textual {
    ($Type:ty) => {
        impl $Type {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $Type {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

mod adresse_courriel;
#[cfg(feature = "cas1")]
mod cadre_emplois;
mod civilite;
mod coche;
mod code_postal;
mod commune;
mod confirmation;
mod correspondant_formation;
mod date_naissance;
mod domaines;
mod fonction;
mod ligne_adresse;
mod mot_de_passe;
mod nom;
mod pays;
#[cfg(test)]
pub(crate) mod proprietes;
#[cfg(feature = "cas1")]
mod service;
mod siret;
mod statut_professionnel;
mod telephone;
pub(crate) mod texte;

pub use adresse_courriel::AdresseCourriel;
#[cfg(feature = "cas1")]
pub use cadre_emplois::{CadreEmplois, Grade};
pub use civilite::Civilite;
pub use coche::Coche;
pub use code_postal::CodePostal;
pub use commune::Commune;
pub use confirmation::Confirmation;
pub use correspondant_formation::CorrespondantFormation;
pub use date_naissance::DateNaissance;
pub use domaines::Domaines;
pub use fonction::Fonction;
pub use ligne_adresse::LigneAdresse;
pub use mot_de_passe::{MotDePasse, MotDePasseRefuse};
pub use nom::{Nom, Prenom};
pub use pays::Pays;
#[cfg(feature = "cas1")]
pub use service::Service;
pub use siret::{Siret, siren};
pub use statut_professionnel::StatutProfessionnel;
pub use telephone::Telephone;
pub use texte::bare;
