//! What a server noticed about its own installation: one row for each thing, with the last time.

use domain::instant::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Set};

use super::engine::Db;
use crate::error::BackendError;
use crate::persistence::entities::signalement::{ActiveModel, Column, Entity, Model};

/// `X-Forwarded-For` came from a peer that is no trusted proxy. The detail is the peer's address, if it is local or
/// private. Any other address may be a person's, so the detail is then empty.
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

/// Deletes old rows at once: there are few, one for each network or address of a proxy.
pub async fn purge(db: &Db, noticed_before: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::delete_many().filter(Column::Le.lt(noticed_before)).exec(&*write).await?;
    write.commit().await
}
