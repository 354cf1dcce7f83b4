//! The places of sessions: who asks for one, who gets one, who waits.

mod departs;
mod liste;
pub(crate) mod mails;
mod miennes;
mod places;
mod presses;

pub(crate) use places::{Entrant, Mouvement};
