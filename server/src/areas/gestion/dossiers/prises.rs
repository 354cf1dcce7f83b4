//! Claims: which gestionnaire looks after which request.

use domain::instant::Millis;
use sea_orm::sea_query::{ExprTrait, SimpleExpr};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, Statement};

use super::prise::{Column, Entity, Model};
use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::engine::Db;
use crate::persistence::pieces;

/// A claim that ends further ahead than this does not hold: a wrong clock wrote it.
const AHEAD: Millis = HOUR;

fn holds(now: Millis) -> SimpleExpr {
    Column::JusquA.gt(now).and(Column::JusquA.lte(now + AHEAD))
}

/// Takes or renews a claim. It must be free, ended or one's own, or `over` must be true. It is one statement: if two
/// run at once, one succeeds.
pub async fn take(
    db: &impl ConnectionTrait,
    compte_id: i64,
    by: i64,
    until: Millis,
    over: bool,
    now: Millis,
) -> Result<bool, BackendError> {
    let sql = "INSERT INTO prise (compte_id, gestionnaire_id, jusqu_a) VALUES ($1, $2, $3) \
               ON CONFLICT (compte_id) DO UPDATE SET gestionnaire_id = $2, jusqu_a = $3 \
               WHERE prise.gestionnaire_id = $2 OR prise.jusqu_a <= $4 OR prise.jusqu_a > $4 + $6 OR $5 RETURNING compte_id";
    let values = [compte_id.into(), by.into(), until.into(), now.into(), over.into(), AHEAD.into()];
    let taken = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(taken.is_some())
}

pub async fn find(db: &impl ConnectionTrait, compte_id: i64, now: Millis) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(compte_id).filter(holds(now)).one(db).await?)
}

pub async fn of_accounts(db: &impl ConnectionTrait, ids: &[i64], now: Millis) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find().filter(Column::CompteId.is_in(ids.iter().copied())).filter(holds(now));
    Ok(found.all(db).await?)
}

pub async fn release(db: &impl ConnectionTrait, compte_id: i64, by: i64) -> Result<(), BackendError> {
    let own = Entity::delete_many().filter(Column::CompteId.eq(compte_id)).filter(Column::GestionnaireId.eq(by));
    own.exec(db).await?;
    Ok(())
}

/// Releases all the claims of a gestionnaire.
pub async fn release_all(db: &impl ConnectionTrait, by: i64) -> Result<(), BackendError> {
    Entity::delete_many().filter(Column::GestionnaireId.eq(by)).exec(db).await?;
    Ok(())
}

/// Forgets claims that ended.
pub async fn purge(db: &Db, now: Millis) -> Result<(), BackendError> {
    pieces::all::<Entity>(db, Column::CompteId, Condition::all().add(holds(now).not())).await?;
    Ok(())
}
