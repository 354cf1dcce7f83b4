//! The catalogue of sessions, and one's préinscriptions. The server makes these pages: they compute nothing in the browser.

mod api;
mod avis;
#[cfg(not(target_family = "wasm"))]
mod html;
mod pages;
mod port;

pub use pages::{PageCatalogue, PageFormation, PageMesPreinscriptions, PagePreinscription};
pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::catalogue::ACCES, api::preinscriptions::ACCES];
