//! What stands behind a mailed link. The link itself is never stored.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jeton")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub usage: String,
    /// An account or a gestionnaire, by usage; 0 for a draft, which [`super::reprise`] names.
    pub sujet_id: i64,
    pub kid: String,
    pub cree_le: i64,
    /// The first hand-over of its mail: its validity runs from here.
    pub premier_envoi_le: Option<i64>,
    pub utilise_le: Option<i64>,
    pub revoque_le: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
