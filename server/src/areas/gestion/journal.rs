//! The journal and its seals.

pub mod port;
pub mod recherche_journal;
pub mod sceaux;
