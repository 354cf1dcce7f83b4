//! A change in the number of accounts in a state. Triggers write the rows; the sum of the rows is the number.

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
