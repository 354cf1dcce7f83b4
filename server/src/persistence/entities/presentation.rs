//! What a service formation typed about an agent. The service sees only this: later edits do not change it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "presentation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub compte_id: i64,
    pub collectivite_id: i64,
    pub nom: String,
    pub prenom: String,
    /// Folded, with a space before and after.
    pub nom_cle: String,
    pub courriel: String,
    pub presente_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
