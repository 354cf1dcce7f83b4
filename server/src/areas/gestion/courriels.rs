//! The outbox, as the staff sees it.

pub mod expedition;
pub mod port;
