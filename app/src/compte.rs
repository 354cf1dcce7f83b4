//! The person's own account.

pub mod a_revoir;
mod accuse;
mod adresse;
mod connexions;
mod deconnexion;
mod donnees;
mod effacer;
mod essais;
mod mon_compte;
mod mot_de_passe;
mod renseignements;
mod retirer;

pub use a_revoir::{PageCorrectionOnglet, PageCorrections};
pub use accuse::PageAccuse;
pub use connexions::{MesConnexions, connexions_closed};
pub use deconnexion::Deconnexion;
pub use donnees::PageMesDonnees;
pub use effacer::{PageEfface, PageEffacer};
pub use essais::Essais;
pub use mon_compte::PageMonCompte;
pub use mot_de_passe::{ChangerMotDePasse, PageMotDePasse, password_changed};
pub use renseignements::Renseignements;
pub use retirer::PageRetirer;
