//! The queue, a file, and the decisions.

pub mod api;
pub(crate) mod attente;
mod comparaison;
mod corrections;
mod courriels;
pub(crate) mod decision;
pub(crate) mod demandes;
pub(crate) mod dossier;
mod lot;
mod notes;
pub(crate) mod port;
pub(crate) mod prise;
mod raccourcis;
pub(crate) mod statut;

pub use comparaison::PageComparaison;
pub use corrections::PageCorriger;
pub use decision::{PageRefuser, PageRetablir, PageRouvrir, PageSuspendre, PageValider};
pub use demandes::PageDemandes;
pub use dossier::PageDossier;
pub use lot::PageLot;
pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::decisions::ACCES, api::dossiers::ACCES];
