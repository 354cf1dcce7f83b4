//! The recipient of the last mail about an erased account. The row is deleted when the mail has left.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "adieu")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub courriel_id: i64,
    /// The key of an address.
    pub destinataire: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
