//! A second key to a draft, for the browser that resumed it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "brouillon_cle")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub cle_hash: String,
    pub brouillon: String,
    pub cree_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
