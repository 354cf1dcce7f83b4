//! The sign-up: its draft, its submission.

pub mod annuaire;
pub mod brouillons;
pub mod inscriptions;
pub mod mails;
pub mod reprises;

pub(crate) use brouillons::cut;
