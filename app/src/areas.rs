//! The areas: a folder for all that one kind of visitor needs. An area names another by its face only.

pub mod acces;
pub mod accueil;
pub mod compte;
pub mod formations;
pub mod gestion;
pub mod inscription;
pub mod service_formation;
