//! What the staff asks of a server about the sessions of training.

mod imports;
mod sessions_formation;

pub use imports::{ImportFormations, ImportsFormations, RapportFormations};
pub use sessions_formation::{
    EditionFormation, FicheGestion, FormationEnregistree, LigneFormation, ListeFormations, Publication, SeanceGeree,
    SessionsFormation,
};
