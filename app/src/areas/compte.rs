//! The person's own account, and the follow-up of their request.

mod a_revoir;
mod accuse;
mod adresse;
pub mod api;
mod donnees;
mod effacer;
mod mon_compte;
mod page_adresse;
mod port;
mod renseignements;
mod retirer;
mod suivi;

pub use a_revoir::{PageCorrectionOnglet, PageCorrections};
pub use accuse::PageAccuse;
pub use donnees::PageMesDonnees;
pub use effacer::{PageEfface, PageEffacer};
pub use mon_compte::PageMonCompte;
pub use page_adresse::PageAdresse;
pub use port::*;
pub use renseignements::Renseignements;
pub use retirer::PageRetirer;
pub use suivi::{PageSuivi, PageSuiviDemande};

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] =
    &[a_revoir::ACCES, api::adresse::ACCES, api::compte::ACCES, api::mes_donnees::ACCES, api::suivi::ACCES];
