//! The draft that a link resumes. The row has the same id as its jeton.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reprise")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub jeton_id: String,
    /// The draft. When it is deleted, this row is deleted too.
    pub brouillon: String,
    /// The hash of the address that received the link. If the draft's address changes, the link is dead.
    pub destinataire_cle: String,
    /// How many wrong birth dates were given.
    pub essais: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
