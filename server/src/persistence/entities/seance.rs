//! One sitting of a session. Its hours are those of its own clock, never an instant.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "seance")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub session_id: i64,
    /// The identifier of the event in an agenda, for ever.
    pub uid: String,
    pub version: i64,
    /// AAAA-MM-JJ.
    pub jour: String,
    /// In minutes since midnight, like `fin`.
    pub debut: i64,
    pub fin: i64,
    pub fuseau: String,
    pub modalite: String,
    pub lieu: String,
    pub voie: String,
    pub complement: String,
    pub code_postal: String,
    pub commune: String,
    pub salle: String,
    /// Where a remote séance is joined. Only who has a place reads it.
    pub lien: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
