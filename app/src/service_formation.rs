//! The service formation of a collectivité (cas 1): its agents, and their sign-up.

mod accueil;
mod cadre;
mod effacer;
mod etapes;
mod mot_de_passe;
mod onglet;
mod retirer;

pub use accueil::PageAgentsPresentes;
pub use effacer::PageEffacerAgent;
pub use mot_de_passe::PageMotDePasseService;
pub use onglet::PageOngletAgent;
pub use retirer::PageRetirerAgent;
