//! The gestionnaires' side: dense, calm, keyboard first.

mod adresse;
mod attente;
mod avis;
mod cadre;
mod comparaison;
mod connexion;
mod corrections;
mod courriels;
mod decision;
mod demandes;
mod dossier;
mod filtres;
mod lot;
mod notes;
mod prise;
mod raccourcis;
mod statut;

pub use adresse::{DEMANDES, EXPORT, LOT, STAFF_LOGIN, dossier_path, dossier_sub_path, liste_path};
pub use comparaison::PageComparaison;
pub use connexion::PageConnexionGestion;
pub use corrections::PageCorriger;
pub use decision::{PageRefuser, PageRetablir, PageRouvrir, PageSuspendre, PageValider};
pub use demandes::PageDemandes;
pub use dossier::PageDossier;
pub use lot::PageLot;
