//! A seal of the chain that seals the journal.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sceau")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub rang: i64,
    pub journal_id: i64,
    pub mac: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
