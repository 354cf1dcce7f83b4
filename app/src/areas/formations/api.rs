//! The server functions.

pub mod catalogue;
pub mod preinscriptions;
