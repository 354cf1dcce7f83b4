//! The page before the six tabs.

mod collectivite;

pub use collectivite::PageCollectivite;
