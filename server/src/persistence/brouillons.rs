//! Drafts: what was typed, under the hash of the key its browser holds.

use domain::ports::Millis;
use domain::{Brouillon, Cas};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use super::entities::brouillon::{ActiveModel, Column, Entity, Model};
use super::entities::brouillon_cle;
use super::pieces;
use crate::error::BackendError;

/// The draft behind a key: its own, or one that was given to take it up again.
pub async fn find(db: &impl ConnectionTrait, cle_hash: &str) -> Result<Option<Model>, BackendError> {
    match Entity::find_by_id(cle_hash).one(db).await? {
        None => Ok(Entity::find_by_id(behind(db, cle_hash).await?).one(db).await?),
        found => Ok(found),
    }
}

/// Reads the draft and keeps others from changing it until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, cle_hash: &str) -> Result<Option<Model>, BackendError> {
    match Entity::find_by_id(cle_hash).lock_exclusive().one(db).await? {
        None => Ok(Entity::find_by_id(behind(db, cle_hash).await?).lock_exclusive().one(db).await?),
        found => Ok(found),
    }
}

/// The own key of the draft that another key leads to; empty when it leads nowhere.
async fn behind(db: &impl ConnectionTrait, cle_hash: &str) -> Result<String, BackendError> {
    let key = brouillon_cle::Entity::find_by_id(cle_hash).one(db).await?;
    Ok(key.map(|key| key.brouillon).unwrap_or_default())
}

pub async fn insert(
    db: &impl ConnectionTrait,
    cle_hash: String,
    cas: Cas,
    collectivite_id: Option<i64>,
    brouillon: &Brouillon,
    now: Millis,
) -> Result<Model, BackendError> {
    let row = ActiveModel {
        cle_hash: Set(cle_hash),
        cas: Set(cas.code().to_owned()),
        collectivite_id: Set(collectivite_id),
        contenu: Set(write(brouillon)?),
        compte_id: Set(None),
        cree_le: Set(now),
        modifie_le: Set(now),
        ecritures: Set(String::new()),
    };
    Ok(row.insert(db).await?)
}

/// Writes a changed row back.
pub async fn update(db: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, BackendError> {
    Ok(row.update(db).await?)
}

/// Empties a sent draft: what was typed lives in the account now, and this row only leads to it.
pub async fn sent(db: &impl ConnectionTrait, row: Model, compte_id: i64, now: Millis) -> Result<(), BackendError> {
    let mut row = ActiveModel::from(row);
    row.contenu = Set(write(&Brouillon::default())?);
    row.ecritures = Set(String::new());
    row.compte_id = Set(Some(compte_id));
    row.modifie_le = Set(now);
    update(db, row).await?;
    Ok(())
}

/// Leads those who hold the key of one account to the one that replaces it.
pub async fn follow(db: &impl ConnectionTrait, from: i64, to: i64) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::CompteId, Expr::value(to))
        .filter(Column::CompteId.eq(from))
        .exec(db)
        .await?;
    Ok(())
}

/// With every key and every link to it.
pub async fn delete(db: &impl ConnectionTrait, cle_hash: &str) -> Result<(), BackendError> {
    if let Some(row) = find(db, cle_hash).await? {
        Entity::delete_by_id(row.cle_hash).exec(db).await?;
    }
    Ok(())
}

/// Some of those that nobody touches: how many.
pub async fn purge(db: &impl ConnectionTrait, idle_since: Millis) -> Result<u64, BackendError> {
    pieces::some::<Entity>(db, Column::CleHash, Condition::all().add(Column::ModifieLe.lt(idle_since))).await
}

pub fn read(row: &Model) -> Result<Brouillon, BackendError> {
    read_text(&row.contenu)
}

pub fn read_text(contenu: &str) -> Result<Brouillon, BackendError> {
    serde_json::from_str(contenu).map_err(|_| BackendError::Corrupt { table: "brouillon", column: "contenu" })
}

pub fn write(brouillon: &Brouillon) -> Result<String, BackendError> {
    serde_json::to_string(brouillon).map_err(|_| BackendError::Corrupt { table: "brouillon", column: "contenu" })
}

pub fn cas(row: &Model) -> Result<Cas, BackendError> {
    Cas::from_code(&row.cas).ok_or(BackendError::Corrupt { table: "brouillon", column: "cas" })
}
