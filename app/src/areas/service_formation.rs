//! The service formation of a collectivité (cas 1): its agents, and their sign-up.

mod accueil;
pub mod api;
mod cadre;
mod inscription;
mod mot_de_passe;
mod port;
mod retirer;

pub use accueil::PageAgentsPresentes;
pub use inscription::{PageEffacerAgent, PageOngletAgent};
pub use mot_de_passe::PageMotDePasseService;
pub use port::*;
pub use retirer::PageRetirerAgent;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] = &[api::ACCES, inscription::ACCES];
