//! The library of motives, as the gestionnaires keep it.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

/// A motive and its number of uses, added up over all its wordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MotifGere {
    pub id: i64,
    pub libelle: String,
    pub texte: String,
    pub actif: bool,
    pub utilisations: u64,
    /// In the last 90 days.
    pub recentes: u64,
}

/// A wording as typed, right or wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MotifSaisi {
    pub libelle: String,
    pub texte: String,
}

/// Why a wording is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MotifRefuse {
    Libelle,
    Texte,
    /// A name between braces that is no variable.
    Variable(String),
}

impl MotifRefuse {
    pub fn message(&self) -> String {
        match self {
            Self::Libelle => "Donnez un libellé d’une ligne, de 100 caractères au plus.".to_owned(),
            Self::Texte => "Écrivez ce que la personne lira, en 4\u{a0}000 caractères au plus.".to_owned(),
            Self::Variable(name) => format!(
                "«\u{a0}{{{name}}}\u{a0}» n’est pas une variable\u{a0}: utilisez {}.",
                domain::motif::VARIABLES.map(|known| format!("{{{known}}}")).join(", ")
            ),
        }
    }
}

/// The mail that a person would receive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApercuCourriel {
    pub sujet: String,
    pub texte: String,
}

/// A motive being written: the texts typed last, their faults, and the mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditionMotif {
    /// `None` for a new one.
    pub motif: Option<MotifGere>,
    pub saisi: MotifSaisi,
    /// Whether the typed wording is not saved yet.
    pub brouillon: bool,
    pub refus: Option<MotifRefuse>,
    pub apercu: ApercuCourriel,
}

/// How a saving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MotifEnregistre {
    Fait,
    /// It is wrong: it is kept as typed, to be corrected.
    ARevoir,
    /// Someone wrote another wording meanwhile, or there is no such motive.
    Perime,
}

#[async_trait]
pub trait Motifs: Send + Sync {
    /// In their order, without the wordings that were replaced.
    async fn all(&self, by: &Gestionnaire) -> Reply<Vec<MotifGere>>;
    /// The wording that `by` is writing. `None` when there is no such motive or its wording was replaced.
    async fn edit(&self, by: &Gestionnaire, id: Option<i64>) -> Reply<Option<EditionMotif>>;
    /// Keeps the typed wording, right or wrong, so that its mail can be shown.
    async fn keep(&self, by: &Gestionnaire, id: Option<i64>, saisi: &MotifSaisi) -> Reply<()>;
    /// Makes it the wording of the next refusals. Past ones keep theirs.
    async fn save(&self, by: &Gestionnaire, id: Option<i64>, saisi: &MotifSaisi) -> Reply<MotifEnregistre>;
    /// `false` when there is no such motive.
    async fn set_active(&self, by: &Gestionnaire, id: i64, actif: bool) -> Reply<bool>;
}
