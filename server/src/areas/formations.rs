//! The catalogue of sessions; their places: who asks for one, who gets one, who waits.

pub mod catalogue;
mod departs;
mod liste;
pub(crate) mod mails;
mod miennes;
mod places;
mod presses;

pub(crate) use places::Mouvement;
