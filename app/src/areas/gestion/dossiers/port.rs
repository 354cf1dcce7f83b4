//! What a server must offer this area.

mod decisions;
mod demandes;

pub use decisions::*;
pub use demandes::*;
