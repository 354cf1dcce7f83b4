//! The journal: ids and names of fields, never values.

use async_trait::async_trait;
use domain::Reference;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::base::appelants::Administrateur;
use crate::base::port::Reply;

/// The filter, as typed in the address. A value that can't be read filters nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltreJournal {
    pub acteur: String,
    pub action: String,
    pub reference: String,
    /// Days, as AAAA-MM-JJ, both included.
    pub du: String,
    pub au: String,
    /// The key of the page.
    pub apres: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneJournal {
    pub id: i64,
    pub le: Millis,
    pub acteur: String,
    pub quoi: String,
    pub champs: String,
    /// The account's id, and its reference while it is kept.
    pub dossier: Option<(i64, Option<Reference>)>,
    pub scellee: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListeJournal {
    pub filtre: FiltreJournal,
    /// 50 at most, newest first.
    pub lignes: Vec<LigneJournal>,
    pub suivante: Option<i64>,
    /// The choices of the filters: (code, words).
    pub acteurs: Vec<(String, String)>,
    pub actions: Vec<(String, String)>,
}

#[async_trait]
pub trait Journaux: Send + Sync {
    async fn journal_page(&self, by: &Administrateur, filtre: &FiltreJournal) -> Reply<ListeJournal>;
}
