//! A délégation of the CNFPT, which organises sessions.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delegation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub nom: String,
    pub courriel: String,
    /// In the form of E.164.
    pub telephone: String,
    /// The référent handicap; may be empty, like their address.
    pub referent_nom: String,
    pub referent_courriel: String,
    /// Whether it may be chosen for a session.
    pub active: bool,
    pub version: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
