//! The sessions that were published, for anybody.

use async_trait::async_trait;
use domain::formation::catalogue::CleCatalogue;
use domain::formation::{FiltreCatalogue, Modalite, Phase, Seance};

use crate::base::port::Reply;

/// A session as the catalogue lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneCatalogue {
    /// Its code and its number: `FF-ANIMER/003`.
    pub adresse: String,
    pub intitule: String,
    /// « du 11 mars au 1er avril 2027 ».
    pub dates: String,
    /// The communes, or « À distance ».
    pub lieux: String,
    pub modalite: Modalite,
    pub phase: Phase,
}

/// A page of the catalogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageDuCatalogue {
    pub lignes: Vec<LigneCatalogue>,
    /// Where the next page begins.
    pub suivante: Option<CleCatalogue>,
    /// The active délégations: id and name.
    pub delegations: Vec<(i64, String)>,
}

/// A session as its page shows it. It says nothing of who asks for a place, nor how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FicheFormation {
    pub adresse: String,
    pub intitule: String,
    pub objectifs: String,
    pub public: String,
    pub prerequis: String,
    pub accessibilite: String,
    pub delegation: Delegation,
    pub modalite: Modalite,
    /// Places are given after an examination.
    pub sur_examen: bool,
    /// A waiting list exists.
    pub a_une_liste: bool,
    pub phase: Phase,
    /// In their order, without the links.
    pub seances: Vec<Seance>,
    /// The other sessions of its code, to come.
    pub autres: Vec<LigneCatalogue>,
}

/// Whom to ask about a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    pub nom: String,
    pub courriel: String,
    pub telephone: String,
    pub referent_nom: String,
    pub referent_courriel: String,
}

#[async_trait]
pub trait Catalogue: Send + Sync {
    async fn catalogue(&self, filtre: &FiltreCatalogue) -> Reply<PageDuCatalogue>;
    /// `None` for a draft, and for what does not exist. A cancelled or past session stays.
    async fn formation(&self, code: &str, numero: i64) -> Reply<Option<FicheFormation>>;
}
