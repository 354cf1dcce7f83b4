//! The figures of an erased account, for the statistics. Nothing in the row identifies the account.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "bilan")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub collectivite_id: i64,
    pub attend_depuis: Option<i64>,
    pub decidee_le: Option<i64>,
    pub motif_id: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
