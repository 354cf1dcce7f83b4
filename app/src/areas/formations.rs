//! The catalogue of sessions, and one's préinscriptions.

mod port;

pub use port::*;
