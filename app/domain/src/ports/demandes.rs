//! The validation queue.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Gestionnaire, Millis, Reply};
use crate::compte::Statut;
use crate::correction::{Changement, Remarque};
use crate::{Cas, Reference, Rubrique};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FiltreDemandes {
    /// `None`: every state.
    pub statut: Option<Statut>,
    /// Word prefixes of the name, or an exact address, or a reference.
    pub recherche: String,
    /// The opaque key of the page before, from [`PageDemandes::suivante`].
    pub apres: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneDemande {
    pub id: i64,
    pub reference: Reference,
    pub nom: String,
    pub prenom: String,
    pub cas: Cas,
    pub statut: Statut,
    /// The last change of state.
    pub depuis: Millis,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageDemandes {
    /// 50 at most, the longest waiting first.
    pub lignes: Vec<LigneDemande>,
    pub suivante: Option<String>,
    /// The server's now, for ages.
    pub maintenant: Millis,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    pub ligne: LigneDemande,
    /// What a decision must name: it changes with every change of the account.
    pub version: i64,
    pub courriel: String,
    pub employeur: String,
    pub donnees: Vec<Rubrique>,
    /// Newest first.
    pub corrections: Vec<CorrectionPassee>,
    /// Newest first.
    pub historique: Vec<Evenement>,
    pub maintenant: Millis,
}

/// A correction asked for, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionPassee {
    pub demandee_le: Millis,
    pub par: String,
    /// To the person; may be empty.
    pub message: String,
    pub remarques: Vec<Remarque>,
    /// `None` while the person has it.
    pub renvoyee_le: Option<Millis>,
    /// Empty until it came back.
    pub changements: Vec<Changement>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evenement {
    pub le: Millis,
    /// In words, for a person.
    pub quoi: String,
    pub par: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motif {
    pub id: i64,
    pub libelle: String,
    /// What the person reads.
    pub texte: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    Prise,
    /// Someone else was first, or the account moved: who, what and when.
    DejaPrise {
        par: String,
        statut: Statut,
        le: Millis,
    },
    /// A refusal needs a motive of the library.
    MotifManquant,
    /// A correction needs a remark on a field.
    RemarqueManquante,
    Introuvable,
}

#[async_trait]
pub trait Demandes: Send + Sync {
    async fn list(&self, by: &Gestionnaire, filtre: &FiltreDemandes) -> Reply<PageDemandes>;
    async fn dossier(&self, by: &Gestionnaire, id: i64) -> Reply<Option<Dossier>>;
    async fn motifs(&self, by: &Gestionnaire) -> Reply<Vec<Motif>>;
    async fn validate(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision>;
    async fn refuse(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        motif: Option<i64>,
        message: &str,
    ) -> Reply<Decision>;
    /// Gives the request back to its person, with remarks on fields that may be corrected; others are ignored.
    async fn request_corrections(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        remarques: &[Remarque],
        message: &str,
    ) -> Reply<Decision>;
}
