//! The team, and a member's own settings.

pub mod api;
pub(crate) mod page;
pub(crate) mod port;
pub(crate) mod reglages;

pub use page::PageEquipe;
pub use port::*;
pub use reglages::PageReglages;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES];
