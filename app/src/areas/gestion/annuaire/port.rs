//! The directory, as the gestionnaires keep it.

use async_trait::async_trait;
use domain::collectivite::CleCollectivite;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntreeRepertoire {
    pub id: i64,
    pub cle: CleCollectivite,
    pub nom: String,
    /// The newest first. They still find the entry.
    pub anciens_noms: Vec<String>,
    pub siren: String,
    pub departement: String,
    pub codes_postaux: String,
    pub population: i64,
    pub archivee_le: Option<Millis>,
}

/// An entry as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EntreeSaisie {
    #[serde(rename = "type")]
    pub genre: String,
    pub code: String,
    pub nom: String,
    pub siren: String,
    pub departement: String,
    pub codes_postaux: String,
    pub population: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AjoutRepertoire {
    Ajoutee(i64),
    /// The names of the wrong fields, each once.
    Refusee(Vec<&'static str>),
}

/// The changes that a file would make to the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RapportImport {
    pub lues: u64,
    pub ajoutees: u64,
    pub renommees: u64,
    /// Entries that change in something else than their name.
    pub changees: u64,
    pub inchangees: u64,
    pub refusees: u64,
    /// Lines in which zeros that a spreadsheet ate were put back.
    pub rectifiees: u64,
    /// The first lines of each kind: number and words.
    pub exemples_ajoutees: Vec<(u64, String)>,
    pub exemples_renommees: Vec<(u64, String)>,
    pub exemples_changees: Vec<(u64, String)>,
    pub exemples_refusees: Vec<(u64, String)>,
    pub exemples_rectifiees: Vec<(u64, String)>,
    /// The file was not UTF-8. It was read as Windows-1252, which Excel writes.
    pub windows: bool,
    /// When the file is forgotten.
    pub expire_le: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportRepertoire {
    Ecrit(RapportImport),
    /// A line is refused now: nothing was written.
    Refuse,
    /// Forgotten, written already, or never there.
    Expire,
}

#[async_trait]
pub trait Repertoire: Send + Sync {
    /// 50 at most, larger first; archived ones too.
    async fn entries(&self, by: &Gestionnaire, texte: &str) -> Reply<Vec<EntreeRepertoire>>;
    async fn entry(&self, by: &Gestionnaire, id: i64) -> Reply<Option<EntreeRepertoire>>;
    async fn add_entry(&self, by: &Gestionnaire, saisie: &EntreeSaisie) -> Reply<AjoutRepertoire>;
    /// Renames an entry; a search for the former name still finds it. `false` when `nom` is not a valid name.
    async fn rename_entry(&self, by: &Gestionnaire, id: i64, nom: &str) -> Reply<bool>;
    /// Archives an entry, or takes it back. Nobody is offered an archived entry any more; accounts keep it.
    async fn archive_entry(&self, by: &Gestionnaire, id: i64, archivee: bool) -> Reply<()>;
    /// Keeps a file for an hour, so that it can be looked at before it is written. Gives its identifier, or `None`
    /// for a workbook. A gestionnaire keeps two files at most, the last ones.
    async fn stage(&self, by: &Gestionnaire, file: &[u8]) -> Reply<Option<String>>;
    async fn import_report(&self, by: &Gestionnaire, id: &str) -> Reply<Option<RapportImport>>;
    /// Writes all the lines of a file, or none.
    async fn import(&self, by: &Gestionnaire, id: &str) -> Reply<ImportRepertoire>;
}
