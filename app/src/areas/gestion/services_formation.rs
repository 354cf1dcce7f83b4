//! The services formation that the staff invited.

pub mod api;
pub(crate) mod page;

pub use page::PageServicesFormation;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES];
