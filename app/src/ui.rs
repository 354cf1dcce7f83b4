//! Accessible primitives that know no business noun.

mod champ;
mod combobox;
mod date_naissance;
mod formulaire;
mod lecture;
mod messages;
mod mot_de_passe;
mod page;

pub use champ::{Aide, Choix, champ_id};
pub use combobox::Combobox;
pub use date_naissance::{DateNaissance, date_error};
pub use formulaire::{Envoi, Formulaire, Joindre};
pub use lecture::{Lecture, Lu, lecture, lu};
pub use messages::{Avis, ErrorCode, Resume, escape, live, query_error, summary_of};
pub use mot_de_passe::MotDePasse;
pub use page::{Attente, DernierePage, Page};
