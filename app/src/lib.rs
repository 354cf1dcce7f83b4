//! The pages, all in one app: rendered on the server, taken over in the browser. An area says what it needs of a server;
//! nothing here knows how a server keeps it.
#![cfg_attr(
    target_family = "wasm",
    expect(unused_imports, dead_code, reason = "the browser has the calls and not the bodies of server functions")
)]
// Views nest deep, and each level is a type.
#![recursion_limit = "256"]

mod aiguillage;
pub mod areas;
pub mod base;
pub mod document;
pub mod onglet;
pub mod register;
pub mod ui;

pub use aiguillage::App;
pub use document::{Assets, shell};
