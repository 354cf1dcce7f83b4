//! How many passwords failed at an address since the person last signed in.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "essai")]
pub struct Model {
    /// The hash of the address, known or not.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cle: String,
    pub n: i64,
    pub dernier_le: i64,
    /// Whether a person has this address, and can be told.
    pub connue: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
