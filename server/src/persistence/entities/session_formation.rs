//! One run of a course, and the counters of its places.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session_formation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    /// See [`domain::formation::CodeFormation`].
    pub code: String,
    /// The place of the session among those of its code, from 1.
    pub numero: i64,
    pub intitule: String,
    #[sea_orm(column_type = "Text")]
    pub objectifs: String,
    #[sea_orm(column_type = "Text")]
    pub public: String,
    #[sea_orm(column_type = "Text")]
    pub prerequis: String,
    #[sea_orm(column_type = "Text")]
    pub accessibilite: String,
    pub delegation_id: i64,
    pub places: i64,
    pub attribution: String,
    /// How many may wait: `None` for no limit, 0 for no list.
    pub attente_max: Option<i64>,
    pub liberation: String,
    /// How many places one collectivité may hold, in cas 1.
    pub par_collectivite: Option<i64>,
    /// When the préinscriptions open. `None`: at the publication.
    pub ouverture_le: Option<i64>,
    /// The last day, AAAA-MM-JJ.
    pub limite: String,
    /// The first instant after it.
    pub cloture: i64,
    /// The beginning of the first séance, by which sessions are ordered.
    pub debut: i64,
    /// The end of the last séance.
    pub fin: i64,
    pub modalite: String,
    /// The folded words that a search finds, each with a space before it.
    #[sea_orm(column_type = "Text")]
    pub cle_recherche: String,
    pub etat: String,
    pub publiee_le: Option<i64>,
    /// When somebody closed the préinscriptions.
    pub fermee_le: Option<i64>,
    pub annulee_le: Option<i64>,
    /// Increases with each change of the session, and not with its counters.
    pub version: i64,
    /// The last rang that was given.
    pub dernier_rang: i64,
    /// How many préinscriptions are `AvisDemande`.
    pub avis: i64,
    /// How many are `Demandee`.
    pub examen: i64,
    /// How many are `ListeAttente`.
    pub attente: i64,
    /// How many are `Proposee`.
    pub proposees: i64,
    /// How many hold a place: `Proposee` and `Retenue`. The table refuses more than `places`.
    pub occupees: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
