//! Counts failed passwords by address, and failed codes of the staff, since the person last signed in, from every
//! network. The delays by network are in [`super::compteurs`]. The same statement counts for an address that nobody
//! has. Addresses are stored hidden.

use domain::instant::Millis;
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, Statement};

use super::engine::Db;
use super::pieces;
use crate::clock::DAY;
use crate::error::BackendError;
pub use crate::persistence::entities::essai::Model;
use crate::persistence::entities::essai::{Column, Entity};
use crate::security::secrets::AdresseCachee;

/// The key of the wrong codes of a member of the staff. Whoever types a code knows the password.
pub fn codes_cle(staff_cle: &str) -> String {
    format!("code:{staff_cle}")
}

/// Counts one more failure. `connue` says whether a person has this address.
pub async fn failed(
    db: &impl ConnectionTrait,
    adresse: &AdresseCachee,
    connue: bool,
    now: Millis,
) -> Result<(), BackendError> {
    let sql = "INSERT INTO essai (cle, n, dernier_le, connue) VALUES ($1, 1, $2, $3) ON CONFLICT (cle) DO UPDATE SET \
               n = essai.n + 1, dernier_le = $2, connue = $3";
    let values = [adresse.as_str().into(), now.into(), connue.into()];
    db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(())
}

pub async fn of(db: &impl ConnectionTrait, adresse: &AdresseCachee) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(adresse.as_str()).one(db).await?)
}

/// Reads and deletes a count, once, to tell the person. A failure at the same time is in this count or in the next.
pub async fn take(db: &impl ConnectionTrait, adresse: &AdresseCachee) -> Result<Option<(i64, Millis)>, BackendError> {
    let sql = "DELETE FROM essai WHERE cle = $1 RETURNING n, dernier_le";
    let values = [adresse.as_str().into()];
    let row = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?;
    Ok(match row {
        Some(row) => Some((row.try_get("", "n")?, row.try_get("", "dernier_le")?)),
        None => None,
    })
}

/// Deletes a count: there is no person to tell any more.
pub async fn forget(db: &impl ConnectionTrait, adresse: &AdresseCachee) -> Result<(), BackendError> {
    Entity::delete_by_id(adresse.as_str()).exec(db).await?;
    Ok(())
}

/// Deletes counts that nobody read for `kept`. For an unknown address, two days are enough: no person can read the
/// count. A count dated more than a day ahead goes too: a wrong clock wrote it.
pub async fn purge(db: &Db, kept: Millis, now: Millis) -> Result<(), BackendError> {
    let unread = Column::DernierLe.lt(now - kept).or(Column::DernierLe.gt(now + DAY));
    let nobodys = Column::Connue.eq(false).and(Column::DernierLe.lt(now - 2 * DAY));
    pieces::all::<Entity>(db, Column::Cle, Condition::any().add(unread).add(nobodys)).await?;
    Ok(())
}
