//! The passwords that failed at an address since its person came in.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "essai")]
pub struct Model {
    /// The hash of the address, known or not.
    #[sea_orm(primary_key, auto_increment = false)]
    pub cle: String,
    pub n: i64,
    pub dernier_le: i64,
    /// Whether somebody could be told.
    pub connue: bool,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
