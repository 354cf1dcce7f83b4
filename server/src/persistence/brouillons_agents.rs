//! The sign-ups that services formation fill in. Every query names its collectivité.

use domain::Brouillon;
use domain::ports::Millis;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, Set, Unchanged,
};

use super::brouillons::write;
pub use super::entities::brouillon_agent::Model;
use super::entities::brouillon_agent::{ActiveModel, Column, Entity};
use super::pieces;
use crate::error::BackendError;

/// More of a collectivité at once than anybody follows; each goes by itself when it is left.
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

/// How many were not sent, those left for long included until they are purged.
pub async fn count(db: &impl ConnectionTrait, collectivite_id: i64) -> Result<u64, BackendError> {
    let open = Entity::find().filter(Column::CollectiviteId.eq(collectivite_id)).filter(Column::CompteId.is_null());
    Ok(open.count(db).await?)
}

/// Those that were not sent, and were touched since `since`; the newest first.
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

/// Empties a sent draft: it only says which request it became.
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

/// `false` when there is none, or it was sent.
pub async fn delete(db: &impl ConnectionTrait, collectivite_id: i64, id: &str) -> Result<bool, BackendError> {
    let gone = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::CollectiviteId.eq(collectivite_id))
        .filter(Column::CompteId.is_null());
    Ok(gone.exec(db).await?.rows_affected == 1)
}

/// Some of those that nobody touches: how many.
pub async fn purge(db: &impl ConnectionTrait, idle_since: Millis) -> Result<u64, BackendError> {
    pieces::some::<Entity>(db, Column::Id, Condition::all().add(Column::ModifieLe.lt(idle_since))).await
}

fn named(collectivite_id: i64, id: &str) -> Select<Entity> {
    Entity::find().filter(Column::Id.eq(id)).filter(Column::CollectiviteId.eq(collectivite_id))
}
