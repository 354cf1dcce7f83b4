//! The record of a mailed link. The link itself is never stored.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jeton")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub usage: String,
    /// An account or a gestionnaire, depending on the usage. 0 for a link to a draft: [`super::reprise`] names the
    /// draft.
    pub sujet_id: i64,
    pub kid: String,
    pub cree_le: i64,
    /// When its mail was first handed over: the validity starts then.
    pub premier_envoi_le: Option<i64>,
    pub utilise_le: Option<i64>,
    pub revoque_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
