//! The sessions, listed, shown, written and published.

use async_trait::async_trait;
use domain::formation::catalogue::CleCatalogue;
use domain::formation::lecture::{Faute, SessionSaisie};
use domain::formation::{EtatSessionFormation, FiltreFormations, Phase};
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::areas::gestion::preinscriptions::SilenceListe;
use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

/// A session in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneFormation {
    pub id: i64,
    /// Its code and its number: `FF-ANIMER/003`.
    pub adresse: String,
    pub intitule: String,
    /// « du 11 mars au 1er avril 2027 ».
    pub dates: String,
    pub delegation: String,
    pub places: u32,
    /// How many people wait for a decision.
    pub a_examiner: u32,
    pub phase: Phase,
}

/// A page of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListeFormations {
    pub lignes: Vec<LigneFormation>,
    /// Where the next page begins.
    pub suivante: Option<CleCatalogue>,
    /// Every délégation: id and name.
    pub delegations: Vec<(i64, String)>,
}

/// A séance in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeanceGeree {
    pub date: String,
    pub heures: String,
    pub lieu: String,
    /// The address of a remote séance; may be empty.
    pub lien: String,
}

/// A session as the staff sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FicheGestion {
    pub id: i64,
    /// The version that a change must name.
    pub version: i64,
    /// Its code and its number: `FF-ANIMER/003`.
    pub adresse: String,
    pub intitule: String,
    pub etat: EtatSessionFormation,
    pub phase: Phase,
    /// When somebody closed the préinscriptions.
    pub fermee_le: Option<Millis>,
    pub places: u32,
    /// How many hold a place, `proposees` among them.
    pub occupees: u32,
    pub proposees: u32,
    pub en_attente: u32,
    pub a_examiner: u32,
    pub avis: u32,
    /// Why no offer is out, though a place is free and somebody waits.
    pub silence: Option<SilenceListe>,
    /// Names and texts, in the order of the page. Those without a text are left out.
    pub textes: Vec<(String, String)>,
    pub seances: Vec<SeanceGeree>,
}

/// A session being written: the texts typed last, and what is wrong with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionFormation {
    /// `None` for a new one.
    pub id: Option<i64>,
    /// The version from which the writing began, 0 for a new session.
    pub version: i64,
    /// Its code and its number; empty for a new one.
    pub adresse: String,
    pub publiee: bool,
    pub saisie: SessionSaisie,
    /// Whether the typed texts are not saved yet.
    pub brouillon: bool,
    pub fautes: Vec<Faute>,
    /// The délégations that may be chosen: id and name.
    pub delegations: Vec<(i64, String)>,
}

/// How a saving ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormationEnregistree {
    /// Its id.
    Faite(i64),
    /// It is wrong: it is kept as typed, to be corrected.
    ARevoir,
    /// Someone changed the session meanwhile: what was typed is kept, to be compared.
    Perimee,
    /// There is no such session, or it is cancelled.
    Absente,
}

/// How a publication ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    Faite,
    /// Its délégation is not active.
    SansDelegation,
    /// Someone changed the session meanwhile, or it is no draft.
    Perimee,
}

#[async_trait]
pub trait SessionsFormation: Send + Sync {
    /// 50 at most, by their first séance. Sessions that are over are left out unless the filter asks for them.
    async fn formations(&self, by: &Gestionnaire, filtre: &FiltreFormations) -> Reply<ListeFormations>;
    async fn fiche(&self, by: &Gestionnaire, id: i64) -> Reply<Option<FicheGestion>>;
    /// The session that `by` is writing. `None` when there is no such session or it is cancelled.
    async fn edit_formation(&self, by: &Gestionnaire, id: Option<i64>) -> Reply<Option<EditionFormation>>;
    /// Keeps the typed texts, right or wrong. `version`: that from which the writing began.
    async fn keep_formation(
        &self,
        by: &Gestionnaire,
        id: Option<i64>,
        version: i64,
        saisie: &SessionSaisie,
    ) -> Reply<()>;
    /// Forgets what `by` typed and did not save.
    async fn forget_formation(&self, by: &Gestionnaire, id: Option<i64>) -> Reply<()>;
    /// Adds a session as a draft, or changes it if it still has this version.
    async fn write_formation(
        &self,
        by: &Gestionnaire,
        id: Option<i64>,
        version: i64,
        saisie: &SessionSaisie,
    ) -> Reply<FormationEnregistree>;
    async fn publish_formation(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Publication>;
    /// Closes the préinscriptions of a published session, or opens them again. `false` when it has another version.
    async fn close_formation(&self, by: &Gestionnaire, id: i64, version: i64, fermee: bool) -> Reply<bool>;
    /// Copies the session as a new draft of the same code. Returns its id, or `None` when there is no such session.
    async fn duplicate_formation(&self, by: &Gestionnaire, id: i64) -> Reply<Option<i64>>;
}
