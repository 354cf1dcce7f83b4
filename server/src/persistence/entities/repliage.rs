//! How far the folded keys of a table have been computed again.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "repliage")]
pub struct Model {
    /// The table's name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cible: String,
    /// The version of the folding.
    pub version: i64,
    /// The id of the last row done.
    pub apres: i64,
    pub fini: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
