//! Passwords, links, cookie secrets and limits.

pub mod fuites;
pub mod limits;
pub mod passwords;
pub mod sceaux;
pub mod second_facteur;
pub mod secrets;
pub mod tokens;
