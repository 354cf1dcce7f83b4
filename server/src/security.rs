//! Passwords, links, cookie secrets and limits.

mod argon2id;
pub mod fuites;
pub mod limits;
pub mod passwords;
pub mod sceaux;
pub mod second_facteur;
pub mod secrets;
mod threads;
pub mod tokens;
mod tours;
