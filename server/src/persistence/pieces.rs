//! Deletes rows a few at a time, in short transactions, so that other writers do not wait long.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::engine::Db;
use crate::error::BackendError;

/// How many rows one transaction deletes.
pub const PIECE: u64 = 500;

/// Deletes some of the rows that are due. `key` is the column of the primary key. Returns how many.
pub async fn some<E: EntityTrait>(
    db: &impl ConnectionTrait,
    key: E::Column,
    due: Condition,
) -> Result<u64, BackendError> {
    let found = E::find().select_only().column(key).filter(due).limit(PIECE).into_query();
    Ok(E::delete_many().filter(key.in_subquery(found)).exec(db).await?.rows_affected)
}

/// Deletes all the rows that are due.
pub async fn all<E: EntityTrait>(db: &Db, key: E::Column, due: Condition) -> Result<u64, BackendError> {
    let mut gone = 0;
    loop {
        let write = db.begin().await?;
        let piece = some::<E>(&*write, key, due.clone()).await?;
        write.commit().await?;
        gone += piece;
        if piece < PIECE {
            return Ok(gone);
        }
    }
}
