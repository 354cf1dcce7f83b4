//! What anybody may read: the logins, the orientation, the help, the legal pages.

#[cfg(not(target_family = "wasm"))]
mod html;
mod introuvable;
mod non_chargee;
mod texte;
mod titres;

use crate::base::droits::Declaree;

pub use introuvable::PageIntrouvable;
pub use non_chargee::PageNonChargee;
pub use texte::PageTexte;
pub use titres::Texte;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[texte::ACCES];
