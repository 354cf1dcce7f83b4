//! The délégations that organise sessions.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::error::BackendError;
pub use crate::persistence::entities::delegation::Model;
use crate::persistence::entities::delegation::{Column, Entity};

/// All of them, by name.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().order_by_asc(Column::Nom).order_by_asc(Column::Id).all(db).await?)
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Whether a new session may name it.
pub async fn is_active(db: &impl ConnectionTrait, id: i64) -> Result<bool, BackendError> {
    Ok(Entity::find_by_id(id).filter(Column::Active.eq(true)).one(db).await?.is_some())
}
