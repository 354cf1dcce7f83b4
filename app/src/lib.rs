//! The pages: all rendered on the server, some hydrated in the browser. They know the ports of `domain` and nothing of
//! how a server keeps them.

// Views nest deep, and each level is a type.
#![recursion_limit = "256"]

pub mod activation;
pub mod api;
pub mod base;
pub mod compte;
pub mod gestion;
pub mod inscription;
pub mod service_formation;
pub mod shell;
pub mod suivi;
pub mod textes;
pub mod ui;
pub mod wizard;

pub mod register;

pub use register::App;
pub use shell::{Assets, shell};
