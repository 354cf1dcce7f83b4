//! The person's own account.

mod deconnexion;
mod mon_compte;

pub use deconnexion::Deconnexion;
pub use mon_compte::PageMonCompte;

pub const MON_COMPTE: &str = "/mon-compte";
