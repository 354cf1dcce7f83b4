//! The server: the ports of `domain`, on a database, a mail system and HTTP.

pub mod config;
pub mod mail;
