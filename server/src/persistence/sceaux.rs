//! The chain of seals of the journal. Each seal has a rank and seals one line.

use std::collections::HashMap;

use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use crate::error::BackendError;
use crate::persistence::entities::{journal, sceau, sceau_tete};
use crate::security::sceaux::Scelleur;

const ONLY: i64 = 1;

/// The head of the chain, locked until the transaction ends.
pub async fn head_locked(db: &impl ConnectionTrait) -> Result<sceau_tete::Model, BackendError> {
    let head = sceau_tete::Entity::find_by_id(ONLY).lock_exclusive().one(db).await?;
    head.ok_or(BackendError::Corrupt { table: "sceau_tete", column: "id" })
}

/// The head of the chain. `None` when its row was removed.
pub async fn head(db: &impl ConnectionTrait) -> Result<Option<sceau_tete::Model>, BackendError> {
    Ok(sceau_tete::Entity::find_by_id(ONLY).one(db).await?)
}

/// Whether the end of the chain matches its head, with this key.
pub async fn ends_with(
    db: &impl ConnectionTrait,
    scelleur: &Scelleur,
    head: &sceau_tete::Model,
) -> Result<bool, BackendError> {
    if head.rang == 0 {
        return Ok(head.mac.is_empty() && at(db, 1).await?.is_none());
    }
    let last = at(db, head.rang).await?.map(|seal| seal.mac).unwrap_or_default();
    Ok(scelleur.end(head.rang, &last) == head.mac)
}

/// Deletes the whole chain. A new one begins.
pub async fn forget_all(db: &impl ConnectionTrait) -> Result<(), BackendError> {
    sceau::Entity::delete_many().exec(db).await?;
    move_head(db, 0, "").await
}

pub async fn move_head(db: &impl ConnectionTrait, rang: i64, mac: &str) -> Result<(), BackendError> {
    sceau_tete::Entity::update_many()
        .col_expr(sceau_tete::Column::Rang, Expr::value(rang))
        .col_expr(sceau_tete::Column::Mac, Expr::value(mac))
        .filter(sceau_tete::Column::Id.eq(ONLY))
        .exec(db)
        .await?;
    Ok(())
}

pub async fn at(db: &impl ConnectionTrait, rang: i64) -> Result<Option<sceau::Model>, BackendError> {
    Ok(sceau::Entity::find_by_id(rang).one(db).await?)
}

/// The largest id of a sealed line. 0 when there is none.
pub async fn last_line(db: &impl ConnectionTrait) -> Result<i64, BackendError> {
    let last = sceau::Entity::find().order_by_desc(sceau::Column::JournalId).one(db).await?;
    Ok(last.map_or(0, |row| row.journal_id))
}

/// The lines without a seal after the id `after`, in the order of their ids.
pub async fn unsealed(db: &impl ConnectionTrait, after: i64, limit: u64) -> Result<Vec<journal::Model>, BackendError> {
    Ok(without_seal().filter(journal::Column::Id.gt(after)).limit(limit).all(db).await?)
}

/// The first lines without a seal that were written before an instant.
pub async fn forgotten(
    db: &impl ConnectionTrait,
    before: Millis,
    limit: u64,
) -> Result<Vec<journal::Model>, BackendError> {
    Ok(without_seal().filter(journal::Column::Le.lt(before)).limit(limit).all(db).await?)
}

/// How many lines wait for their seal, and when the first one was written. Only lines after the last sealed one count:
/// [`forgotten`] finds older ones.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<(u64, Option<Millis>), BackendError> {
    let after = last_line(db).await?;
    let lines = without_seal().filter(journal::Column::Id.gt(after));
    let first = lines.clone().one(db).await?;
    Ok((lines.count(db).await?, first.map(|line| line.le)))
}

fn without_seal() -> sea_orm::Select<journal::Entity> {
    let seal = Query::select()
        .expr(Expr::val(1))
        .from(sceau::Entity)
        .and_where(Expr::col((sceau::Entity, sceau::Column::JournalId)).equals((journal::Entity, journal::Column::Id)))
        .to_owned();
    journal::Entity::find().filter(Expr::exists(seal).not()).order_by_asc(journal::Column::Id)
}

pub async fn append(db: &impl ConnectionTrait, seals: Vec<sceau::Model>) -> Result<(), BackendError> {
    let rows = seals.into_iter().map(|seal| sceau::ActiveModel {
        rang: Set(seal.rang),
        journal_id: Set(seal.journal_id),
        mac: Set(seal.mac),
    });
    sceau::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// The seals after a rank, each with its line. The line is `None` when it was removed.
pub async fn chain(
    db: &impl ConnectionTrait,
    after: i64,
    limit: u64,
) -> Result<Vec<(sceau::Model, Option<journal::Model>)>, BackendError> {
    let seals = sceau::Entity::find().filter(sceau::Column::Rang.gt(after)).order_by_asc(sceau::Column::Rang);
    let seals = seals.limit(limit).all(db).await?;
    let ids: Vec<i64> = seals.iter().map(|seal| seal.journal_id).collect();
    let lines = journal::Entity::find().filter(journal::Column::Id.is_in(ids)).all(db).await?;
    let mut lines: HashMap<i64, journal::Model> = lines.into_iter().map(|line| (line.id, line)).collect();
    Ok(seals
        .into_iter()
        .map(|seal| {
            let line = lines.remove(&seal.journal_id);
            (seal, line)
        })
        .collect())
}
