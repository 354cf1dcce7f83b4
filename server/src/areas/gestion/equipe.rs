//! The team.

pub mod mails;
pub mod port;
