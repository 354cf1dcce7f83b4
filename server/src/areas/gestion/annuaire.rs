//! The directory of collectivités.

pub mod contacts;
pub mod fiches;
pub mod imports;
pub mod port;
