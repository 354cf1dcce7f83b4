//! The sessions of training, as the staff prepares and publishes them.

mod ecriture;
mod imports;
mod liste;
mod port;
pub mod saisies;
