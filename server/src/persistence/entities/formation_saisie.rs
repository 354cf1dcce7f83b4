//! What a gestionnaire typed of a session and did not save yet.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "formation_saisie")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub gestionnaire_id: i64,
    /// 0 for a new session.
    #[sea_orm(primary_key, auto_increment = false)]
    pub session_id: i64,
    /// JSON of a [`domain::formation::lecture::SessionSaisie`] and of the version from which the writing began.
    #[sea_orm(column_type = "Text")]
    pub saisie: String,
    pub modifie_le: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
