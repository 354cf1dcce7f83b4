//! The six tabs: one page, one form and one field for all of them.

mod autosave;
mod champ;
mod etapes;
mod onglet;
mod particularites;
mod recapitulatif;
mod relecture;
mod reprise;
mod sous_titres;
mod touches;

pub use autosave::save_before_leaving;
pub use champ::{Champ, RemarqueDuChamp};
pub use onglet::{PageOnglet, forward};
pub use particularites::COMMUNES;
pub use relecture::Relecture;
pub use sous_titres::sous_titres;
