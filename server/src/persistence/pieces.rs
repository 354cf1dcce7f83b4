//! Rows taken away a few at a time, each time in a turn of its own: nobody waits long to write.

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::engine::Db;
use crate::error::BackendError;

/// Rows of one turn.
pub const PIECE: u64 = 500;

/// Takes away some of the rows that are due, found by a column that names one row: how many.
pub async fn some<E: EntityTrait>(
    db: &impl ConnectionTrait,
    key: E::Column,
    due: Condition,
) -> Result<u64, BackendError> {
    let found = E::find().select_only().column(key).filter(due).limit(PIECE).into_query();
    Ok(E::delete_many().filter(key.in_subquery(found)).exec(db).await?.rows_affected)
}

/// Takes away all the rows that are due.
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
