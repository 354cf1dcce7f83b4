//! How many accounts are in each state. A count is the sum of some rows. Writers only add rows, so they never wait for
//! each other. A job folds the rows into one for each state.

use domain::compte::Statut;
use sea_orm::{ConnectionTrait, EntityTrait, Set, Statement};

use super::engine::Db;
use crate::error::BackendError;
use crate::persistence::entities::mouvement::{ActiveModel, Entity};

/// The counts, in the order of [`Statut::ALL`].
pub async fn counts(db: &impl ConnectionTrait) -> Result<Vec<(Statut, u64)>, BackendError> {
    let sql = "SELECT statut, CAST(sum(n) AS bigint) AS n FROM mouvement GROUP BY statut";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let mut counts = Vec::new();
    for row in rows {
        counts.push((row.try_get::<String>("", "statut")?, row.try_get::<i64>("", "n")?));
    }
    let of = |statut: Statut| counts.iter().find(|(code, _)| code == statut.code()).map_or(0, |(_, n)| *n);
    Ok(Statut::ALL.into_iter().map(|statut| (statut, u64::try_from(of(statut)).unwrap_or(0))).collect())
}

/// Folds the rows into one for each state. Rows written meanwhile wait for the next time. If two servers fold at once,
/// each row is folded once.
pub async fn fold(db: &Db) -> Result<(), BackendError> {
    let write = db.begin().await?;
    let sql = "DELETE FROM mouvement RETURNING statut, n";
    let mut sums: Vec<(String, i64)> = Vec::new();
    for row in write.query_all_raw(Statement::from_string(db.backend(), sql)).await? {
        let (statut, n) = (row.try_get::<String>("", "statut")?, row.try_get::<i64>("", "n")?);
        match sums.iter_mut().find(|(known, _)| *known == statut) {
            Some((_, sum)) => *sum += n,
            None => sums.push((statut, n)),
        }
    }
    let rows = sums.into_iter().filter(|(_, n)| *n != 0).map(|(statut, n)| ActiveModel {
        statut: Set(statut),
        n: Set(n),
        ..Default::default()
    });
    Entity::insert_many(rows).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(())
}
