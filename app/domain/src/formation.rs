//! A session of training, its places and who asks for one. Pure rules: the server holds the transaction.

pub mod calendrier;
pub mod catalogue;
pub mod delegation;
pub mod etat;
pub mod heure;
pub mod lecture;
pub mod liste;
pub mod offres;
pub mod phase;
pub mod places;
pub mod seance;
pub mod session_formation;
pub mod texte;

pub use catalogue::FiltreCatalogue;
pub use delegation::{Delegation, DelegationSaisie, FauteDelegation};
pub use etat::{Cause, EtatPreinscription, Origine, SiComplet};
pub use heure::Heure;
pub use liste::{EtatListe, FiltreFormations};
pub use phase::{Phase, Reperes};
pub use seance::{Fuseau, Lieu, Modalite, Seance};
pub use session_formation::{Attente, Attribution, CodeFormation, EtatSessionFormation, Liberation, SessionFormation};
