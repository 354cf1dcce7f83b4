//! What a server noticed about the way it is run: one row a thing, with the last time.

use domain::ports::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::engine::Db;
use super::entities::signalement::{ActiveModel, Column, Entity, Model};
use crate::error::BackendError;

/// `X-Forwarded-For` came from a peer that is no trusted proxy. The detail is its address on this machine or a private
/// network; empty for any other, which may be a person's.
pub const MANDATAIRE_INCONNU: &str = "mandataire_inconnu";

pub async fn note(db: &impl ConnectionTrait, genre: &str, detail: &str, now: Millis) -> Result<(), BackendError> {
    let row = ActiveModel { genre: Set(genre.to_owned()), detail: Set(detail.to_owned()), le: Set(now) };
    let again = OnConflict::columns([Column::Genre, Column::Detail]).update_column(Column::Le).to_owned();
    Entity::insert(row).on_conflict(again).exec_without_returning(db).await?;
    Ok(())
}

/// What was noticed since an instant, the latest first.
pub async fn since(db: &impl ConnectionTrait, genre: &str, since: Millis) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find().filter(Column::Genre.eq(genre)).filter(Column::Le.gte(since));
    Ok(found.order_by_desc(Column::Le).all(db).await?)
}

/// One a network or address of a proxy: few.
pub async fn purge(db: &Db, noticed_before: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::delete_many().filter(Column::Le.lt(noticed_before)).exec(&*write).await?;
    Ok(write.commit().await?)
}
