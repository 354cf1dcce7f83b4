//! Something that a server noticed about its own installation.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "signalement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub genre: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub detail: String,
    /// When it was noticed last.
    pub le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
