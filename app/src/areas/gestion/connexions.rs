//! The connexions that an administrateur ends.

pub mod api;
pub(crate) mod page;

pub use page::PageFermerConnexions;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES];
