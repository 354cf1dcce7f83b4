//! Who asks for a place in a session, and what the staff decides.

pub mod api;
mod lot;
mod page;
pub(crate) mod port;

pub use lot::PageDeliberation;
pub use page::{PagePreinscriptions, silence};
pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES];
