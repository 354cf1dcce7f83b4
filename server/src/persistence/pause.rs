//! The pause of the outbox: a row that every worker looks at before it takes a mail.

use domain::ports::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, EntityTrait, Set};

use super::entities::pause_courriels::{ActiveModel, Column, Entity, Model};
use crate::error::BackendError;

const ONLY: i64 = 1;

pub async fn current(db: &impl ConnectionTrait) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(ONLY).one(db).await?)
}

/// `false` when it was paused already: whoever was first is shown.
pub async fn begin(db: &impl ConnectionTrait, par: i64, now: Millis) -> Result<bool, BackendError> {
    let row = ActiveModel { id: Set(ONLY), par: Set(par), depuis: Set(now) };
    let known = OnConflict::column(Column::Id).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(known).exec_without_returning(db).await? == 1)
}

/// `false` when there was none.
pub async fn end(db: &impl ConnectionTrait) -> Result<bool, BackendError> {
    Ok(Entity::delete_by_id(ONLY).exec(db).await?.rows_affected == 1)
}
