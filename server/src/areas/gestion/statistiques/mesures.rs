//! Figures about the queue. The database counts, and no account is read. An erased account still counts, by its row of
//! `bilan`.

use domain::compte::Statut;
use domain::instant::Millis;
use sea_orm::{ConnectionTrait, Statement, Value};

use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::journal::Action;

pub const WEEK: Millis = 7 * DAY;

/// Since when the oldest waiting request waits.
pub async fn oldest(db: &impl ConnectionTrait) -> Result<Option<Millis>, BackendError> {
    let sql = "SELECT COALESCE(attend_depuis, envoyee_le) AS depuis FROM compte WHERE statut = $1 \
               ORDER BY COALESCE(attend_depuis, envoyee_le) LIMIT 1";
    let found = one(db, sql, vec![Statut::AValider.code().into()]).await?;
    Ok(found.map(|row| row.try_get("", "depuis")).transpose()?)
}

/// Counts the decisions since `since`. For each of `thousandths`, also gives the delay that this share of decisions did
/// not exceed.
pub async fn delays(
    db: &impl ConnectionTrait,
    since: Millis,
    thousandths: [u64; 2],
) -> Result<(u64, [Option<Millis>; 2]), BackendError> {
    let decided = "SELECT decidee_le, attend_depuis FROM compte WHERE decidee_le >= $1 \
                   UNION ALL SELECT decidee_le, attend_depuis FROM bilan WHERE decidee_le >= $1";
    let of = format!("FROM ({decided}) AS decide WHERE attend_depuis IS NOT NULL");
    let counted = one(db, &format!("SELECT count(*) AS n {of}"), vec![since.into()]).await?;
    let total: i64 = counted.map_or(Ok(0), |row| row.try_get("", "n"))?;
    let total = u64::try_from(total).unwrap_or(0);
    let mut found = [None, None];
    for (at, thousandths) in thousandths.into_iter().enumerate() {
        let rank = (total * thousandths).div_ceil(1000).saturating_sub(1);
        let sql = format!("SELECT decidee_le - attend_depuis AS duree {of} ORDER BY 1 LIMIT 1 OFFSET $2");
        let row = one(db, &sql, vec![since.into(), i64::try_from(rank).unwrap_or(0).into()]).await?;
        found[at] = row.map(|row| row.try_get("", "duree")).transpose()?;
    }
    Ok((total, found))
}

/// How many times each of these actions was done in each week since `start`: (week, action, count).
pub async fn weeks(
    db: &impl ConnectionTrait,
    start: Millis,
    actions: [Action; 3],
) -> Result<Vec<(i64, String, u64)>, BackendError> {
    let sql = "SELECT (le - $1) / $2 AS semaine, action, count(*) AS n FROM journal \
               WHERE le >= $1 AND action IN ($3, $4, $5) GROUP BY 1, 2";
    let mut values = vec![start.into(), WEEK.into()];
    values.extend(actions.map(|action| Value::from(action.code())));
    let mut found = Vec::new();
    for row in all(db, sql, values).await? {
        let n = u64::try_from(row.try_get::<i64>("", "n")?).unwrap_or(0);
        found.push((row.try_get("", "semaine")?, row.try_get("", "action")?, n));
    }
    Ok(found)
}

/// Refusals since `since` by motif, under its current wording, the most used first.
pub async fn by_motive(db: &impl ConnectionTrait, since: Millis) -> Result<Vec<(String, u64)>, BackendError> {
    let sql = "SELECT actuel.libelle AS nom, count(*) AS n FROM \
               (SELECT motif_id FROM compte WHERE decidee_le >= $1 \
               UNION ALL SELECT motif_id FROM bilan WHERE decidee_le >= $1) AS refuse \
               JOIN motif ON motif.id = refuse.motif_id \
               JOIN motif AS actuel ON actuel.famille = motif.famille AND actuel.remplace_le IS NULL \
               GROUP BY actuel.id, actuel.libelle ORDER BY n DESC, actuel.id";
    named(db, sql, vec![since.into()]).await
}

/// Activated requests by collectivité, the ten largest first.
pub async fn by_collectivite(db: &impl ConnectionTrait) -> Result<Vec<(String, u64)>, BackendError> {
    let sql = "SELECT collectivite.nom AS nom, compte.n AS n FROM \
               (SELECT collectivite_id, count(*) AS n FROM \
               (SELECT collectivite_id FROM compte WHERE activee_le IS NOT NULL \
               UNION ALL SELECT collectivite_id FROM bilan) AS compte_ou_bilan \
               GROUP BY collectivite_id ORDER BY n DESC, collectivite_id LIMIT 10) AS compte \
               JOIN collectivite ON collectivite.id = compte.collectivite_id ORDER BY n DESC, nom";
    named(db, sql, Vec::new()).await
}

async fn named(db: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<Vec<(String, u64)>, BackendError> {
    let mut found = Vec::new();
    for row in all(db, sql, values).await? {
        found.push((row.try_get("", "nom")?, u64::try_from(row.try_get::<i64>("", "n")?).unwrap_or(0)));
    }
    Ok(found)
}

async fn one(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Option<sea_orm::QueryResult>, BackendError> {
    Ok(db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?)
}

async fn all(
    db: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<sea_orm::QueryResult>, BackendError> {
    Ok(db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await?)
}
