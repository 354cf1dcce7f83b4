//! The sign-up: the choice of the collectivité, the six tabs, the draft.

pub mod api;
mod autosave;
mod collectivite;
mod onglet;
mod page_reprise;
mod port;
mod recapitulatif;
mod reprise;
mod touches;

pub use api::inscription::{Autosave, ChooseCas, CorrectAddress, EraseDraft, Resend, SaveTab};
pub use autosave::save_before_leaving;
pub use collectivite::PageCollectivite;
pub use onglet::{PageOnglet, forward};
pub use page_reprise::PageReprise;
pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::inscription::ACCES, api::reprise::ACCES];
