//! What a gestionnaire asked to be corrected, or an agent goes over, before and after.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "correction")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub compte_id: i64,
    pub demandee_le: i64,
    /// The gestionnaire. Nobody when the agent goes over what their service formation typed.
    pub demandee_par: Option<i64>,
    #[sea_orm(column_type = "Text")]
    pub message: String,
    /// The answers as they were.
    #[sea_orm(column_type = "Text")]
    pub avant: String,
    /// The answers as the person corrects them.
    #[sea_orm(column_type = "Text")]
    pub contenu: String,
    /// One at a time is open.
    pub renvoyee_le: Option<i64>,
    /// Nobody asked: the agent goes over what their service formation typed.
    pub relecture: bool,
    /// Wrong birth dates given to open it.
    pub essais: i64,
    pub ouverte_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
