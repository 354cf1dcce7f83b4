//! What is erased of préinscriptions once their session is over.

use domain::formation::EtatPreinscription;
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::Column;
use crate::error::BackendError;
use crate::persistence::engine::Db;
use crate::persistence::entities::preinscription::Entity;
use crate::persistence::sessions_formation;

/// The sessions that ended before `ended`.
fn of_sessions_over(ended: Millis) -> SelectStatement {
    Query::select()
        .column(sessions_formation::Column::Id)
        .from(sessions_formation::Entity)
        .and_where(sessions_formation::Column::Fin.lt(ended))
        .to_owned()
}

/// Forgets who asked the référent handicap to call, of sessions that ended before `ended`.
pub async fn forget_contacts(db: &Db, ended: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::update_many()
        .col_expr(Column::ContactReferent, Expr::value(false))
        .filter(Column::ContactReferent.eq(true))
        .filter(Column::SessionId.in_subquery(of_sessions_over(ended)))
        .exec(&*write)
        .await?;
    write.commit().await
}

/// Forgets what was written in the préinscriptions of sessions that ended before `ended`.
pub async fn forget_texts(db: &Db, ended: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    let written =
        Condition::any().add(Column::Attentes.ne("")).add(Column::Observation.ne("")).add(Column::Raison.ne(""));
    Entity::update_many()
        .col_expr(Column::Attentes, Expr::value(""))
        .col_expr(Column::Observation, Expr::value(""))
        .col_expr(Column::Raison, Expr::value(""))
        .filter(written)
        .filter(Column::SessionId.in_subquery(of_sessions_over(ended)))
        .exec(&*write)
        .await?;
    write.commit().await
}

/// Deletes the préinscriptions that ended without a place, of sessions that ended before `ended`.
pub async fn delete_ended(db: &Db, ended: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::delete_many()
        .filter(
            Column::Etat
                .is_in([EtatPreinscription::Refusee, EtatPreinscription::Annulee].map(EtatPreinscription::code)),
        )
        .filter(Column::SessionId.in_subquery(of_sessions_over(ended)))
        .exec(&*write)
        .await?;
    write.commit().await
}
