//! The pause of the outbox. Every worker reads this row before it takes a mail. A pause ends by itself.

use domain::instant::Millis;
use sea_orm::sea_query::{ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::clock::{CLOCKS_APART, HOUR};
use crate::error::BackendError;
use crate::persistence::entities::pause_courriels::{ActiveModel, Column, Entity, Model};

const ONLY: i64 = 1;

/// A pause ends after this long: if everybody forgets it, people do not wait for their links until tomorrow.
pub const LASTS: Millis = 4 * HOUR;

pub async fn current(db: &impl ConnectionTrait, now: Millis) -> Result<Option<Model>, BackendError> {
    let running = Column::Depuis.gt(now - LASTS).and(Column::Depuis.lte(now + CLOCKS_APART));
    Ok(Entity::find_by_id(ONLY).filter(running).one(db).await?)
}

/// Starts a pause. `false` when the outbox is already paused: then the first author stays.
pub async fn begin(db: &impl ConnectionTrait, par: i64, now: Millis) -> Result<bool, BackendError> {
    let over = Column::Depuis.lte(now - LASTS).or(Column::Depuis.gt(now + CLOCKS_APART));
    Entity::delete_many().filter(over).exec(db).await?;
    let row = ActiveModel { id: Set(ONLY), par: Set(par), depuis: Set(now) };
    let known = OnConflict::column(Column::Id).do_nothing().to_owned();
    Ok(Entity::insert(row).on_conflict(known).exec_without_returning(db).await? == 1)
}

/// Ends the pause. `false` when there was no pause.
pub async fn end(db: &impl ConnectionTrait) -> Result<bool, BackendError> {
    Ok(Entity::delete_by_id(ONLY).exec(db).await?.rows_affected == 1)
}
