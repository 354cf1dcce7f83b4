//! A word of a person's folded names.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compte_mot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub mot: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte_id: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
