//! What a server must offer this area.

mod brouillons;
mod inscriptions;
mod reprises;

pub use brouillons::*;
pub use inscriptions::*;
pub use reprises::*;
