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
