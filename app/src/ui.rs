//! Accessible primitives that know no business noun.

mod champ;
mod combobox;
mod date_naissance;
mod formulaire;
mod html;
mod lecture;
mod messages;
mod mot_de_passe;
mod page;
#[cfg(not(target_family = "wasm"))]
mod rendue;
mod texte;

pub use champ::{Aide, Choix, champ_id};
pub use combobox::Combobox;
pub use date_naissance::{DateNaissance, date_error, date_message};
pub use formulaire::{Envoi, Formulaire, Joindre, Reponses, chercher, echec, envoyer, refill};
pub use html::{COURRIEL_ATTENDU, page_html};
pub use lecture::{Donnees, Lecture, lecture, lire, lu};
pub use messages::{
    Avis, ErrorCode, Resume, Ton, annonce, escape, invalide, live, query_error, refus, signale, summary_of, vrai,
};
pub use mot_de_passe::MotDePasse;
pub use page::{Attente, DernierePage, Page, parameters};
#[cfg(not(target_family = "wasm"))]
pub use rendue::PageRendue;
pub use texte::texte_libre;
