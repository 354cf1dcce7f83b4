//! A motif that a gestionnaire is writing.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "motif_brouillon")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub gestionnaire_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub motif_id: i64,
    pub libelle: String,
    #[sea_orm(column_type = "Text")]
    pub texte: String,
    pub modifie_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
