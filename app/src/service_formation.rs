//! The service formation of a collectivité (cas 1): its agents, and their sign-up.

mod accueil;
mod cadre;
mod effacer;
mod etapes;
mod mot_de_passe;
mod onglet;
mod retirer;

use domain::Etape;

pub use accueil::PageAgentsPresentes;
pub use effacer::PageEffacerAgent;
pub use mot_de_passe::PageMotDePasseService;
pub use onglet::PageOngletAgent;
pub use retirer::PageRetirerAgent;

pub const SERVICE_FORMATION: &str = "/service-formation";
pub const SERVICE_MOT_DE_PASSE: &str = "/service-formation/mot-de-passe";

/// A tab of an agent's sign-up.
pub fn onglet_path(id: &str, etape: Etape) -> String {
    format!("{SERVICE_FORMATION}/inscriptions/{id}/{}", etape.slug())
}

/// Where a draft is given up.
pub fn effacer_path(id: &str) -> String {
    format!("{SERVICE_FORMATION}/inscriptions/{id}/effacer")
}

/// « N’est plus notre agent ».
pub fn retirer_path(reference: &str) -> String {
    format!("{SERVICE_FORMATION}/agents/{reference}/retirer")
}
