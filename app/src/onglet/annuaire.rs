//! The lookups of a tab: collectivités and communes.

pub mod api;
mod port;

pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES];
