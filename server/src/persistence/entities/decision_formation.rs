//! What a gestionnaire decided of a préinscription.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision_formation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub preinscription_id: i64,
    /// The version that the decision made.
    pub version: i64,
    /// The state before.
    pub avant: String,
    pub apres: String,
    /// The same for all that was decided at once.
    pub lot: String,
    /// The gestionnaire.
    pub par: i64,
    pub prise_le: i64,
    /// When its mail leaves. Until then it can be taken back.
    pub effet_le: i64,
    /// When it was taken back.
    pub reprise_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
