//! What a server must offer this area.

mod authentification;
mod connexions;
mod liens;
mod mots_de_passe;

pub use authentification::*;
pub use connexions::*;
pub use liens::*;
pub use mots_de_passe::*;
