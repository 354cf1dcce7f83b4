//! Keeps the address of the last mail about an erased account. The address is deleted as soon as this mail has left or
//! is given up.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::error::BackendError;
use crate::persistence::entities::adieu::{ActiveModel, Entity};
use crate::persistence::entities::courriel;

pub async fn add(db: &impl ConnectionTrait, courriel_id: i64, destinataire: &str) -> Result<(), BackendError> {
    let row = ActiveModel { courriel_id: Set(courriel_id), destinataire: Set(destinataire.to_owned()) };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The key of the address that the mail goes to.
pub async fn recipient(db: &impl ConnectionTrait, courriel_id: i64) -> Result<Option<String>, BackendError> {
    Ok(Entity::find_by_id(courriel_id).one(db).await?.map(|row| row.destinataire))
}

/// Deletes the address and its hash: the mail has left, or will never leave.
pub async fn forget(db: &impl ConnectionTrait, courriel_id: i64) -> Result<(), BackendError> {
    if Entity::delete_by_id(courriel_id).exec(db).await?.rows_affected == 0 {
        return Ok(());
    }
    courriel::Entity::update_many()
        .col_expr(courriel::Column::DestinataireCle, Expr::value(""))
        .filter(courriel::Column::Id.eq(courriel_id))
        .exec(db)
        .await?;
    Ok(())
}
