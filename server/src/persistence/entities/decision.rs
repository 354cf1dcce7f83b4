//! A decision: taken, perhaps held for a while, then applied or cancelled.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub compte_id: i64,
    /// The version of the account that the decision is about.
    pub version: i64,
    pub verdict: String,
    pub motif_id: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub message: String,
    /// JSON. Empty unless the decision asks for corrections.
    #[sea_orm(column_type = "Text")]
    pub remarques: String,
    /// The same for all decisions taken in one bulk.
    pub lot: Option<String>,
    /// The gestionnaire.
    pub par: i64,
    pub prise_le: i64,
    pub effet_le: i64,
    pub annulee_le: Option<i64>,
    pub appliquee_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
