//! A draft that a service formation fills in for an agent. It is emptied once sent.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "brouillon_agent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub collectivite_id: i64,
    #[sea_orm(column_type = "Text")]
    pub contenu: String,
    pub compte_id: Option<i64>,
    pub cree_le: i64,
    pub modifie_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
