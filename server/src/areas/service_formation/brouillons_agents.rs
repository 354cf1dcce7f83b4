//! Drafts that services formation fill in for their agents. A draft is always found together with its collectivité.

use domain::Brouillon;
use domain::instant::Millis;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, Set, Unchanged,
};

pub use super::brouillon_agent::Model;
use super::brouillon_agent::{ActiveModel, Column, Entity};
use crate::error::BackendError;
use crate::persistence::brouillons::write;
use crate::persistence::pieces;

/// A collectivité may have this many open drafts. The purge deletes a draft that nobody changes any more.
pub const OPEN_MAX: u64 = 200;

pub async fn insert(
    db: &impl ConnectionTrait,
    id: String,
    collectivite_id: i64,
    now: Millis,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: Set(id),
        collectivite_id: Set(collectivite_id),
        contenu: Set(write(&Brouillon::default())?),
        compte_id: Set(None),
        cree_le: Set(now),
        modifie_le: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub async fn find(db: &impl ConnectionTrait, collectivite_id: i64, id: &str) -> Result<Option<Model>, BackendError> {
    Ok(named(collectivite_id, id).one(db).await?)
}

/// Reads the draft and keeps others from changing it until the transaction ends.
pub async fn find_locked(
    db: &impl ConnectionTrait,
    collectivite_id: i64,
    id: &str,
) -> Result<Option<Model>, BackendError> {
    Ok(named(collectivite_id, id).lock_exclusive().one(db).await?)
}

/// Counts the drafts not yet sent, old ones included until the purge deletes them.
pub async fn count(db: &impl ConnectionTrait, collectivite_id: i64) -> Result<u64, BackendError> {
    let open = Entity::find().filter(Column::CollectiviteId.eq(collectivite_id)).filter(Column::CompteId.is_null());
    Ok(open.count(db).await?)
}

/// The drafts not yet sent and changed since `since`, newest first.
pub async fn open(db: &impl ConnectionTrait, collectivite_id: i64, since: Millis) -> Result<Vec<Model>, BackendError> {
    let open = Entity::find()
        .filter(Column::CollectiviteId.eq(collectivite_id))
        .filter(Column::CompteId.is_null())
        .filter(Column::ModifieLe.gt(since))
        .order_by_desc(Column::CreeLe)
        .order_by_desc(Column::Id)
        .limit(OPEN_MAX);
    Ok(open.all(db).await?)
}

pub async fn keep(
    db: &impl ConnectionTrait,
    row: Model,
    brouillon: &Brouillon,
    now: Millis,
) -> Result<Model, BackendError> {
    let row = ActiveModel {
        id: Unchanged(row.id),
        contenu: Set(write(brouillon)?),
        modifie_le: Set(now),
        ..Default::default()
    };
    Ok(row.update(db).await?)
}

/// Empties a sent draft. The row only points to the account that it became.
pub async fn sent(db: &impl ConnectionTrait, row: Model, compte_id: i64, now: Millis) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: Unchanged(row.id),
        contenu: Set(write(&Brouillon::default())?),
        compte_id: Set(Some(compte_id)),
        modifie_le: Set(now),
        ..Default::default()
    };
    row.update(db).await?;
    Ok(())
}

/// Deletes a draft. `false` when it does not exist or was sent.
pub async fn delete(db: &impl ConnectionTrait, collectivite_id: i64, id: &str) -> Result<bool, BackendError> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::CollectiviteId.eq(collectivite_id))
        .filter(Column::CompteId.is_null());
    Ok(gone.exec(db).await?.rows_affected == 1)
}

/// Deletes some of the drafts that nobody changed since `idle_since`. Returns how many.
pub async fn purge(db: &impl ConnectionTrait, idle_since: Millis) -> Result<u64, BackendError> {
    pieces::some::<Entity>(db, Column::Id, Condition::all().add(Column::ModifieLe.lt(idle_since))).await
}

fn named(collectivite_id: i64, id: &str) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id)).filter(Column::CollectiviteId.eq(collectivite_id))
}
