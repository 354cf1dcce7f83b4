//! Which gestionnaire looks after a request, and until when.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "prise")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte_id: i64,
    pub gestionnaire_id: i64,
    pub jusqu_a: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
