//! One wording of a motif of refusal.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "motif")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub libelle: String,
    #[sea_orm(column_type = "Text")]
    pub texte: String,
    pub actif: bool,
    /// The id of the first wording of this motif.
    pub famille: i64,
    /// When another wording replaced it.
    pub remplace_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
