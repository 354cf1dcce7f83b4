//! A remark on one field.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "remarque")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub correction_id: i64,
    pub etape: String,
    pub champ: String,
    #[sea_orm(column_type = "Text")]
    pub texte: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
