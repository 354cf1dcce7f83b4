//! The délégations that organise sessions of training.

pub mod api;
pub(crate) mod page;
pub(crate) mod port;

pub use page::{PageDelegation, PageDelegations};
pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES];
