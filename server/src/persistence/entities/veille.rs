//! How long the service has run, in one row.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "veille")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The clock at the last round.
    pub vu_le: i64,
    /// Milliseconds that the service has run. Each round adds the time since the round before, up to a day.
    pub vecu: i64,
    /// How long the service had run at the last jump of the clock.
    pub saut_vecu: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
