//! Drafts: what a person typed so far. The browser holds the key; the row is found by the hash of this key.

use domain::instant::Millis;
use domain::{Brouillon, Cas};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, Set};

use super::pieces;
use crate::error::BackendError;
use crate::persistence::entities::brouillon::{ActiveModel, Column, Entity, Model};
use crate::persistence::entities::brouillon_cle;

/// Finds a draft by its own key, or by a key that a link gave to resume the draft.
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

/// The own key of the draft that a second key leads to. Empty when there is no such key.
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

pub async fn update(db: &impl ConnectionTrait, row: ActiveModel) -> Result<Model, BackendError> {
    Ok(row.update(db).await?)
}

/// Empties a sent draft. The account holds the answers from now on, and this row only points to the account.
pub async fn sent(db: &impl ConnectionTrait, row: Model, compte_id: i64, now: Millis) -> Result<(), BackendError> {
    let mut row = ActiveModel::from(row);
    row.contenu = Set(write(&Brouillon::default())?);
    row.ecritures = Set(String::new());
    row.compte_id = Set(Some(compte_id));
    row.modifie_le = Set(now);
    update(db, row).await?;
    Ok(())
}

/// Makes the drafts of an account point to the account that replaces it.
pub async fn follow(db: &impl ConnectionTrait, from: i64, to: i64) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::CompteId, Expr::value(to))
        .filter(Column::CompteId.eq(from))
        .exec(db)
        .await?;
    Ok(())
}

/// Deletes a draft, with all its keys and links.
pub async fn delete(db: &impl ConnectionTrait, cle_hash: &str) -> Result<(), BackendError> {
    if let Some(row) = find(db, cle_hash).await? {
        Entity::delete_by_id(row.cle_hash).exec(db).await?;
    }
    Ok(())
}

/// Deletes some of the drafts that nobody changed since `idle_since`. Returns how many.
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
