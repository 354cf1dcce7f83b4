//! The person's own account.

mod accuse;
mod adresse;
mod connexions;
mod correction_onglet;
mod corrections;
mod deconnexion;
mod donnees;
mod effacer;
mod essais;
mod mon_compte;
mod mot_de_passe;
mod relecture;
mod renseignements;
mod retirer;

pub use accuse::PageAccuse;
pub use connexions::{MesConnexions, connexions_closed};
pub use correction_onglet::PageCorrectionOnglet;
pub use corrections::PageCorrections;
pub use deconnexion::Deconnexion;
pub use donnees::PageMesDonnees;
pub use effacer::{PageEfface, PageEffacer};
pub use essais::Essais;
pub use mon_compte::PageMonCompte;
pub use mot_de_passe::{ChangerMotDePasse, PageMotDePasse, password_changed};
pub use renseignements::Renseignements;
pub use retirer::PageRetirer;

pub const MON_COMPTE: &str = "/mon-compte";
pub const ACCUSE: &str = "/mon-compte/accuse-de-reception";
pub const RETIRER: &str = "/mon-compte/retirer";
pub const CORRECTIONS: &str = "/mon-compte/corrections";
pub const MOT_DE_PASSE: &str = "/mon-compte/mot-de-passe";
pub const DONNEES: &str = "/mon-compte/donnees";
pub const EFFACER: &str = "/mon-compte/donnees/effacer";
pub const EFFACE: &str = "/compte-efface";
/// What is kept about the person, as files; not pages.
pub const EXPORT_JSON: &str = "/mon-compte/donnees.json";
pub const EXPORT_CSV: &str = "/mon-compte/donnees.csv";
const ACCUEIL: &str = "/";
