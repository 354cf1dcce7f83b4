//! How long decisions took.

use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use crate::error::BackendError;
use crate::persistence::entities::bilan;
use crate::persistence::entities::compte::{Column, Entity};

/// The waiting time of each request decided since `since`. Erased accounts count too, by their row of `bilan`.
pub async fn decisions_since(db: &impl ConnectionTrait, since: Millis) -> Result<Vec<Millis>, BackendError> {
    let lengths = Entity::find()
        .select_only()
        .column_as(Expr::col(Column::DecideeLe).sub(Expr::col(Column::AttendDepuis)), "duree")
        .filter(Column::DecideeLe.gte(since))
        .filter(Column::AttendDepuis.is_not_null())
        .into_tuple::<i64>();
    let mut found = lengths.all(db).await?;
    let erased = bilan::Entity::find()
        .select_only()
        .column_as(Expr::col(bilan::Column::DecideeLe).sub(Expr::col(bilan::Column::AttendDepuis)), "duree")
        .filter(bilan::Column::DecideeLe.gte(since))
        .filter(bilan::Column::AttendDepuis.is_not_null())
        .into_tuple::<i64>();
    found.extend(erased.all(db).await?);
    Ok(found)
}
