//! A file to import, into the directory or as sessions of training. It is kept until it is imported or expires.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_repertoire")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// See [`crate::persistence::fichiers::Genre`].
    pub genre: String,
    pub gestionnaire_id: i64,
    pub expire_le: i64,
    pub windows: bool,
    #[sea_orm(column_type = "Text")]
    pub contenu: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
