//! What happened, by ids and field names: never a value.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "journal")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub le: i64,
    pub acteur: String,
    pub compte_id: Option<i64>,
    pub action: String,
    #[sea_orm(column_type = "Text")]
    pub champs: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
