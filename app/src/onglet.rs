//! The one form of a tab: for oneself, for an agent, for a correction.

pub mod annuaire;
mod champ;
mod etapes;
mod particularites;
mod relecture;
mod sous_titres;

pub use champ::{Champ, RemarqueDuChamp};
pub use etapes::{Etapes, class_of, rail};
pub use particularites::COMMUNES;
pub use relecture::Relecture;
pub use sous_titres::sous_titres;
