//! A file of sessions: sent, looked at, and only then written.

use async_trait::async_trait;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

/// The sessions that a file would add.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RapportFormations {
    /// How many lines were read. Each is a séance.
    pub lues: u64,
    pub creees: u64,
    pub refusees: u64,
    /// The first sessions, in words, with their lines.
    pub exemples_creees: Vec<(String, String)>,
    /// The first refused lines: number and words.
    pub exemples_refusees: Vec<(u64, String)>,
    /// The file was not UTF-8. It was read as Windows-1252, which Excel writes.
    pub windows: bool,
    /// When the file is forgotten.
    pub expire_le: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportFormations {
    /// How many sessions were added, as drafts.
    Ecrit(u64),
    /// A line is refused now: nothing was written.
    Refuse,
    /// Forgotten, written already, or never there.
    Expire,
}

#[async_trait]
pub trait ImportsFormations: Send + Sync {
    /// Keeps a file for an hour, so that it can be looked at before it is written. Gives its identifier, or `None` for a
    /// workbook. A gestionnaire keeps two files at most, the last ones.
    async fn stage_formations(&self, by: &Gestionnaire, file: &[u8]) -> Reply<Option<String>>;
    async fn formations_report(&self, by: &Gestionnaire, id: &str) -> Reply<Option<RapportFormations>>;
    /// Writes all the sessions of a file, or none.
    async fn import_formations(&self, by: &Gestionnaire, id: &str) -> Reply<ImportFormations>;
}
