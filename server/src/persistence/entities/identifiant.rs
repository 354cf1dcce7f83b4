//! A credential: one for each address.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "identifiant")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    #[sea_orm(unique)]
    pub courriel_cle: String,
    /// A PHC string.
    pub mot_de_passe: String,
    /// The collectivité, when the address also serves a service formation.
    pub collectivite_id: Option<i64>,
    pub modifie_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
