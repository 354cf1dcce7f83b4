//! The gestionnaires' side: dense, calm, keyboard first.

mod cadre;
mod connexion;
mod corrections;
mod decision;
mod demandes;
mod dossier;

pub use connexion::PageConnexionGestion;
pub use corrections::PageCorriger;
pub use decision::{PageRefuser, PageValider};
pub use demandes::PageDemandes;
pub use dossier::PageDossier;

pub const STAFF_LOGIN: &str = "/gestion/connexion";
pub const DEMANDES: &str = "/gestion/demandes";
