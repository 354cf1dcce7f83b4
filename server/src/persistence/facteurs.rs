//! The second factors of the staff. Each step is a conditional update: if two run at once, one succeeds.

use domain::instant::Millis;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, Set};

use crate::error::BackendError;
use crate::persistence::entities::{code_secours, gestionnaire};

/// Gives the member this factor after its first right code. `false` when they have a factor by now or were disabled.
pub async fn enrol(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    facteur_id: &str,
    kid: &str,
    pas: i64,
    now: Millis,
) -> Result<bool, BackendError> {
    let update = gestionnaire::Entity::update_many()
        .col_expr(gestionnaire::Column::FacteurId, Expr::value(facteur_id))
        .col_expr(gestionnaire::Column::FacteurKid, Expr::value(kid))
        .col_expr(gestionnaire::Column::FacteurPas, Expr::value(pas))
        .col_expr(gestionnaire::Column::DerniereConnexion, Expr::value(now))
        .filter(gestionnaire::Column::Id.eq(gestionnaire_id))
        .filter(gestionnaire::Column::DesactiveLe.is_null())
        .filter(gestionnaire::Column::FacteurId.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Accepts the code of the time step `pas`, once. `false` when this step or a later one was accepted, or the factor
/// changed.
pub async fn accept_step(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    facteur_id: &str,
    pas: i64,
    now: Millis,
) -> Result<bool, BackendError> {
    let update = gestionnaire::Entity::update_many()
        .col_expr(gestionnaire::Column::FacteurPas, Expr::value(pas))
        .col_expr(gestionnaire::Column::DerniereConnexion, Expr::value(now))
        .filter(gestionnaire::Column::Id.eq(gestionnaire_id))
        .filter(gestionnaire::Column::DesactiveLe.is_null())
        .filter(gestionnaire::Column::FacteurId.eq(facteur_id))
        .filter(gestionnaire::Column::FacteurPas.lt(pas));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Records the time of a sign-in by a recovery code. `false` when the member was disabled.
pub async fn came_in(db: &impl ConnectionTrait, gestionnaire_id: i64, now: Millis) -> Result<bool, BackendError> {
    let update = gestionnaire::Entity::update_many()
        .col_expr(gestionnaire::Column::DerniereConnexion, Expr::value(now))
        .filter(gestionnaire::Column::Id.eq(gestionnaire_id))
        .filter(gestionnaire::Column::DesactiveLe.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Removes the second factor and its recovery codes. `false` when there was no factor.
pub async fn reset(db: &impl ConnectionTrait, gestionnaire_id: i64) -> Result<bool, BackendError> {
    let update = gestionnaire::Entity::update_many()
        .col_expr(gestionnaire::Column::FacteurId, Expr::value(None::<String>))
        .col_expr(gestionnaire::Column::FacteurKid, Expr::value(None::<String>))
        .col_expr(gestionnaire::Column::FacteurPas, Expr::value(0_i64))
        .filter(gestionnaire::Column::Id.eq(gestionnaire_id))
        .filter(gestionnaire::Column::FacteurId.is_not_null());
    let reset = update.exec(db).await?.rows_affected == 1;
    forget_codes(db, gestionnaire_id).await?;
    Ok(reset)
}

/// How many active members have a factor made with another key than `kid`.
pub async fn with_another_key(db: &impl ConnectionTrait, kid: &str) -> Result<u64, BackendError> {
    let others = gestionnaire::Entity::find()
        .filter(gestionnaire::Column::DesactiveLe.is_null())
        .filter(gestionnaire::Column::FacteurKid.ne(kid));
    Ok(others.count(db).await?)
}

/// Replaces the recovery codes with these ones, given by their hashes.
pub async fn set_codes(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    hashes: impl IntoIterator<Item = String>,
) -> Result<(), BackendError> {
    forget_codes(db, gestionnaire_id).await?;
    let rows = hashes.into_iter().map(|code_hash| code_secours::ActiveModel {
        code_hash: Set(code_hash),
        gestionnaire_id: Set(gestionnaire_id),
        utilise_le: Set(None),
    });
    code_secours::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Uses a recovery code, once. `false` when it does not exist or was used.
pub async fn use_code(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    code_hash: &str,
    now: Millis,
) -> Result<bool, BackendError> {
    let update = code_secours::Entity::update_many()
        .col_expr(code_secours::Column::UtiliseLe, Expr::value(now))
        .filter(code_secours::Column::CodeHash.eq(code_hash))
        .filter(code_secours::Column::GestionnaireId.eq(gestionnaire_id))
        .filter(code_secours::Column::UtiliseLe.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

pub async fn codes_left(db: &impl ConnectionTrait, gestionnaire_id: i64) -> Result<u64, BackendError> {
    let left = code_secours::Entity::find()
        .filter(code_secours::Column::GestionnaireId.eq(gestionnaire_id))
        .filter(code_secours::Column::UtiliseLe.is_null());
    Ok(left.count(db).await?)
}

async fn forget_codes(db: &impl ConnectionTrait, gestionnaire_id: i64) -> Result<(), BackendError> {
    code_secours::Entity::delete_many()
        .filter(code_secours::Column::GestionnaireId.eq(gestionnaire_id))
        .exec(db)
        .await?;
    Ok(())
}
