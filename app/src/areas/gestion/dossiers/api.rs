//! The server functions.

pub mod decisions;
pub mod dossiers;
