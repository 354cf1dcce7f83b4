//! One more key to a draft, held by the browser that took it up again.

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
