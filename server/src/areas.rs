//! The areas of the pages, on the server's side: each implements the ports of its area, over the tables.

pub mod acces;
pub mod compte;
pub mod formations;
pub mod gestion;
pub mod inscription;
pub mod service_formation;
