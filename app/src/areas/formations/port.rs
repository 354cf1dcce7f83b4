mod catalogue;
mod preinscriptions;

pub use catalogue::*;
pub use preinscriptions::*;
