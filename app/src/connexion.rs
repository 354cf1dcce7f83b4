//! The way in, and the way back in.

mod login;
mod perdu;

pub use login::{ChampsConnexion, Identifiants, PageLogin};
pub use perdu::PageMotDePassePerdu;
