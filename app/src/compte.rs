//! The person's own account.

mod accuse;
mod adresse;
mod correction_onglet;
mod corrections;
mod deconnexion;
mod mon_compte;
mod renseignements;
mod retirer;
mod sessions;

pub use accuse::PageAccuse;
pub use correction_onglet::PageCorrectionOnglet;
pub use corrections::PageCorrections;
pub use deconnexion::Deconnexion;
pub use mon_compte::PageMonCompte;
pub use renseignements::Renseignements;
pub use retirer::PageRetirer;
pub use sessions::{MesSessions, sessions_closed};

pub const MON_COMPTE: &str = "/mon-compte";
pub const ACCUSE: &str = "/mon-compte/accuse-de-reception";
pub const RETIRER: &str = "/mon-compte/retirer";
pub const CORRECTIONS: &str = "/mon-compte/corrections";
