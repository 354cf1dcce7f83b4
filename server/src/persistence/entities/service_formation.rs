//! A service formation: it presents the agents of a collectivité. Its password belongs to its address, in
//! [`super::identifiant`].

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "service_formation")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub courriel: String,
    #[sea_orm(unique)]
    pub courriel_cle: String,
    pub collectivite_id: i64,
    pub invite_le: i64,
    /// When it accepted its invitation. `None` again when it is disabled.
    pub accepte_le: Option<i64>,
    pub desactive_le: Option<i64>,
    pub derniere_connexion: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
