//! The library of motives.

pub mod motif_brouillon;
pub mod motif_brouillons;
pub mod port;

pub(crate) use port::said_to;
