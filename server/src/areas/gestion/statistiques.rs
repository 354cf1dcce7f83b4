//! The figures of the queue.

pub mod mesures;
pub mod port;
