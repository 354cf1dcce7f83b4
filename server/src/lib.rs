//! The server: what the pages need, on a database, a mail system and HTTP.

pub mod areas;
pub mod backend;
pub mod clock;
pub mod commands;
pub mod config;
pub mod demo;
pub mod error;
pub mod http;
pub mod jobs;
pub mod log;
pub mod mail;
pub mod metrics;
pub mod persistence;
pub mod security;
pub mod tableur;
