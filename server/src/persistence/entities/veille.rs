//! The time the service has lived, as its rounds saw it.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "veille")]
pub struct Model {
    /// One row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The clock at the last round.
    pub vu_le: i64,
    /// Milliseconds lived: a round adds what the clock moved on, up to a day.
    pub vecu: i64,
    /// The time lived at the last jump of the clock.
    pub saut_vecu: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
