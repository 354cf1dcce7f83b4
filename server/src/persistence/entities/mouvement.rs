//! A change in how many accounts are in a state. Triggers write them; what they add up to is the count.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mouvement")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub statut: String,
    pub n: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
