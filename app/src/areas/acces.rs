//! The doors: logins, connexions, passwords, and the pages behind a mailed link. Opening such a page changes nothing.

pub mod api;
mod choix;
mod connexions;
mod deconnexion;
mod essais;
mod mot_de_passe;
mod page_activation;
mod page_invitation;
mod page_reinitialisation;
mod perdu;
mod port;

pub use api::connexion::{Login, StaffLogin};
pub use api::connexions::own_connexions;
pub use api::mots_de_passe::{ReadServicePassword, ReadStaffPassword};
pub use choix::token;
pub use connexions::{MesConnexions, connexions_closed};
pub use deconnexion::Deconnexion;
pub use essais::Essais;
pub use mot_de_passe::{ChangerMotDePasse, PageMotDePasse, password_changed};
pub use page_activation::PageActivation;
pub use page_invitation::PageInvitation;
pub use page_reinitialisation::PageReinitialisation;
pub use perdu::PageMotDePassePerdu;
pub use port::*;

use crate::base::droits::Declaree;

/// Who may call the server functions of this area.
pub const ACCES: &[&[Declaree]] =
    &[api::activation::ACCES, api::connexion::ACCES, api::connexions::ACCES, api::mots_de_passe::ACCES];
