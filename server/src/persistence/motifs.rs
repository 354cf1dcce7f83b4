//! The library of motives.

use domain::ports::Motif;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entities::motif::{Column, Entity, Model};
use crate::error::BackendError;

pub async fn active(db: &impl ConnectionTrait) -> Result<Vec<Motif>, BackendError> {
    let rows = Entity::find().filter(Column::Actif.eq(true)).order_by_asc(Column::Id).all(db).await?;
    Ok(rows.into_iter().map(value).collect())
}

pub async fn find_active(db: &impl ConnectionTrait, id: i64) -> Result<Option<Motif>, BackendError> {
    Ok(Entity::find_by_id(id).filter(Column::Actif.eq(true)).one(db).await?.map(value))
}

/// Whether it may still be chosen or not: a past refusal keeps its wording.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Motif>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?.map(value))
}

fn value(row: Model) -> Motif {
    Motif { id: row.id, libelle: row.libelle, texte: row.texte }
}
