//! The directory of collectivités, as the staff keeps it.

pub mod api;
pub(crate) mod import;
pub(crate) mod page;
pub(crate) mod port;

pub use import::PageImport;
pub use page::{PageAjoutCollectivite, PageCollectivite, PageCollectivites};
pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES];
