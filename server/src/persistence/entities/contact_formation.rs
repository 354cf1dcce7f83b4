//! The published contact of a collectivité's service formation.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contact_formation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub collectivite_id: i64,
    pub service: String,
    /// As published. Empty when there is none.
    pub courriel: String,
    /// In the E.164 format. Empty when there is none.
    pub telephone: String,
    pub maj_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
