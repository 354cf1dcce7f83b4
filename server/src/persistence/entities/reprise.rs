//! What a link that takes a draft up again leads to, beside its jeton.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reprise")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub jeton_id: String,
    /// The draft; the row goes with it.
    pub brouillon: String,
    /// The hash of the address the link was mailed to: once the draft has another, the link is dead.
    pub destinataire_cle: String,
    /// Wrong birth dates.
    pub essais: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
