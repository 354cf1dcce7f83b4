//! The service formation of a collectivité (cas 1): its agents, and their sign-up.

mod accueil;
mod cadre;
pub mod inscription;
mod mot_de_passe;
mod retirer;

pub use accueil::PageAgentsPresentes;
pub use inscription::{PageEffacerAgent, PageOngletAgent};
pub use mot_de_passe::PageMotDePasseService;
pub use retirer::PageRetirerAgent;
