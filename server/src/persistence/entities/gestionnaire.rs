//! A member of the staff.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "gestionnaire")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub courriel: String,
    #[sea_orm(unique)]
    pub courriel_cle: String,
    pub nom: String,
    pub role: String,
    /// A PHC string. `None` until the invitation is accepted.
    pub mot_de_passe: Option<String>,
    pub cree_le: i64,
    pub desactive_le: Option<i64>,
    pub derniere_connexion: Option<i64>,
    /// How often the member is told about waiting requests.
    pub annonces: String,
    /// When the last daily digest was sent.
    pub resume_le: i64,
    /// The value from which the factor's secret is derived. `None` until a first code was right.
    pub facteur_id: Option<String>,
    /// The name of the key used for the derivation.
    pub facteur_kid: Option<String>,
    /// The last time step (of 30 seconds) whose code was accepted.
    pub facteur_pas: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
