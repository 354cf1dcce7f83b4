//! Credentials: one for each address.

use domain::instant::Millis;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QuerySelect, Set};

use crate::error::BackendError;
use crate::persistence::entities::identifiant::{ActiveModel, Column, Entity, Model};

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

pub async fn by_courriel(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CourrielCle.eq(courriel_cle)).one(db).await?)
}

/// Locks the credential of an address until the transaction ends.
pub async fn lock(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<(), BackendError> {
    Entity::find().filter(Column::CourrielCle.eq(courriel_cle)).lock_exclusive().one(db).await?;
    Ok(())
}

/// Makes every password wrong until a mailed link sets a new one. The address still serves its service formation.
pub async fn disarm(db: &impl ConnectionTrait, courriel_cle: &str, now: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::MotDePasse, Expr::value(""))
        .col_expr(Column::ModifieLe, Expr::value(now))
        .filter(Column::CourrielCle.eq(courriel_cle))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets the password of an address. Creates its credential if there is none.
pub async fn set(
    db: &impl ConnectionTrait,
    courriel_cle: &str,
    mot_de_passe: &str,
    now: Millis,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: NotSet,
        courriel_cle: Set(courriel_cle.to_owned()),
        mot_de_passe: Set(mot_de_passe.to_owned()),
        collectivite_id: Set(None),
        modifie_le: Set(now),
    };
    let known =
        OnConflict::column(Column::CourrielCle).update_columns([Column::MotDePasse, Column::ModifieLe]).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// Makes an address serve a service formation. A known address keeps its password; a new one gets `mot_de_passe`.
pub async fn serve(
    db: &impl ConnectionTrait,
    courriel_cle: &str,
    mot_de_passe: &str,
    collectivite_id: i64,
    now: Millis,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: NotSet,
        courriel_cle: Set(courriel_cle.to_owned()),
        mot_de_passe: Set(mot_de_passe.to_owned()),
        collectivite_id: Set(Some(collectivite_id)),
        modifie_le: Set(now),
    };
    let known = OnConflict::column(Column::CourrielCle).update_column(Column::CollectiviteId).to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(db).await?;
    Ok(())
}

/// Makes an address serve another collectivité. `None`: it serves no service formation any more.
pub async fn serve_instead(
    db: &impl ConnectionTrait,
    courriel_cle: &str,
    collectivite_id: Option<i64>,
) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::CollectiviteId, Expr::value(collectivite_id))
        .filter(Column::CourrielCle.eq(courriel_cle))
        .filter(Column::CollectiviteId.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Moves an account's password to its new address. If the new address already has a password, that one stays. If the
/// former address serves a service formation, it keeps its password and the account gets a copy.
pub async fn follow(
    db: &impl ConnectionTrait,
    ancien_cle: &str,
    nouveau_cle: &str,
    now: Millis,
) -> Result<(), BackendError> {
    let known = by_courriel(db, nouveau_cle).await?.is_some();
    if let Some(before) = by_courriel(db, ancien_cle).await?.filter(|_| !known) {
        set(db, nouveau_cle, &before.mot_de_passe, now).await?;
    }
    delete(db, ancien_cle).await
}

/// Changes the password. `false` when it was changed or deleted meanwhile.
pub async fn change(
    db: &impl ConnectionTrait,
    row: &Model,
    mot_de_passe: &str,
    now: Millis,
) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::MotDePasse, Expr::value(mot_de_passe))
        .col_expr(Column::ModifieLe, Expr::value(now))
        .filter(Column::Id.eq(row.id))
        .filter(Column::MotDePasse.eq(&row.mot_de_passe));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Keeps the hash that was just proved, or replaces it with a stronger hash of the same password. `false` when the
/// password was changed or deleted since `proved` was read. The row is locked until the transaction ends.
pub async fn confirm(
    db: &impl ConnectionTrait,
    courriel_cle: &str,
    proved: &str,
    kept: &str,
) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::MotDePasse, Expr::value(kept))
        .filter(Column::CourrielCle.eq(courriel_cle))
        .filter(Column::MotDePasse.eq(proved));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Deletes the credential, unless the address also serves a service formation.
pub async fn delete(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<(), BackendError> {
    Entity::delete_many()
        .filter(Column::CourrielCle.eq(courriel_cle))
        .filter(Column::CollectiviteId.is_null())
        .exec(db)
        .await?;
    Ok(())
}
