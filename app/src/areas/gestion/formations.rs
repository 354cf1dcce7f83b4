//! The sessions of training, as the staff prepares and publishes them.

pub mod api;
pub(crate) mod fiche;
pub(crate) mod import;
pub(crate) mod liste;
pub(crate) mod port;
pub(crate) mod saisie;

pub use fiche::PageFicheFormation;
pub use import::PageImportFormations;
pub use liste::PageFormations;
pub use port::*;
pub use saisie::PageSaisieFormation;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::formations::ACCES, api::import::ACCES, saisie::ACCES];
