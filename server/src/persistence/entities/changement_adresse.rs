//! A change of address that was asked for. Its links say whether it was confirmed or undone.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "changement_adresse")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub compte_id: i64,
    pub ancien: String,
    pub ancien_cle: String,
    pub nouveau: String,
    pub nouveau_cle: String,
    pub demande_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
