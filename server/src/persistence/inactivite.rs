//! Active accounts that nobody uses: idle, then warned, then due for erasure.

use domain::compte::Statut;
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::entities::compte::{Column, Entity, Model};

/// Since when an active account is idle.
pub fn since(row: &Model) -> Millis {
    match row.actif_le {
        Some(used) if used > row.statut_depuis => used,
        _ => row.statut_depuis,
    }
}

/// The clocks of two servers may differ by this much.
const SKEW: Millis = DAY;

/// Whether the account was warned. A warning dated in the future does not count: a wrong clock wrote it.
pub fn is_warned(row: &Model, now: Millis) -> bool {
    row.averti_le.is_some_and(|warned| warned <= now + SKEW)
}

fn idle(before: Millis) -> Select<Entity> {
    let used = Func::coalesce([Expr::col(Column::ActifLe), Expr::col(Column::StatutDepuis)]);
    Entity::find()
        .filter(Column::Statut.eq(Statut::Actif.code()))
        .filter(Expr::from(used).lte(before))
        .filter(Column::StatutDepuis.lte(before))
}

/// Accounts idle since `before` and not warned.
pub async fn to_warn(
    db: &impl ConnectionTrait,
    before: Millis,
    now: Millis,
    limit: u64,
) -> Result<Vec<i64>, BackendError> {
    let unwarned = Condition::any().add(Column::AvertiLe.is_null()).add(Column::AvertiLe.gt(now + SKEW));
    ids(db, idle(before).filter(unwarned).limit(limit)).await
}

/// Warned accounts whose warning mail is not yet marked as handed over.
pub async fn on_their_way(
    db: &impl ConnectionTrait,
    before: Millis,
    after: i64,
    limit: u64,
) -> Result<Vec<i64>, BackendError> {
    let waiting = Condition::all().add(Column::AvertiLe.is_not_null()).add(Column::AvertiVecu.is_null());
    ids(db, idle(before).filter(waiting).filter(Column::Id.gt(after)).limit(limit)).await
}

/// Accounts idle since `before`, when the warning was handed over at `warned_before` at the latest. `warned_before`
/// counts the time that the service lived.
pub async fn due(
    db: &impl ConnectionTrait,
    before: Millis,
    warned_before: Millis,
    after: i64,
    limit: u64,
) -> Result<Vec<i64>, BackendError> {
    ids(db, idle(before).filter(Column::AvertiVecu.lte(warned_before)).filter(Column::Id.gt(after)).limit(limit)).await
}

async fn ids(db: &impl ConnectionTrait, found: Select<Entity>) -> Result<Vec<i64>, BackendError> {
    let ids = found.select_only().column(Column::Id).order_by_asc(Column::Id).into_tuple();
    Ok(ids.all(db).await?)
}

/// Marks an account as warned. `None` deletes the warning: it has to be sent again.
pub async fn mark_warned(db: &impl ConnectionTrait, id: i64, at: Option<Millis>) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::AvertiLe, Expr::value(at))
        .col_expr(Column::AvertiVecu, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Records that the warning was handed over: the notice period starts here.
pub async fn mark_handed_over(db: &impl ConnectionTrait, id: i64, vecu: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::AvertiVecu, Expr::value(vecu))
        .filter(Column::Id.eq(id))
        .filter(Column::AvertiVecu.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Records a sign-in and deletes the warning.
pub async fn seen(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::ActifLe, Expr::value(now))
        .col_expr(Column::AvertiLe, Expr::value(None::<i64>))
        .col_expr(Column::AvertiVecu, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
