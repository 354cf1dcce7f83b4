//! Who asks for a place in a session, and what the staff decides.

pub(crate) mod port;

pub use port::*;
