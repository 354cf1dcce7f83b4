//! Notes between gestionnaires.

use domain::instant::Millis;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set};

use crate::error::BackendError;
use crate::persistence::entities::note::{ActiveModel, Column, Entity, Model};

pub async fn add(
    db: &impl ConnectionTrait,
    compte_id: i64,
    by: i64,
    texte: String,
    now: Millis,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: NotSet,
        compte_id: Set(compte_id),
        gestionnaire_id: Set(by),
        texte: Set(texte),
        le: Set(now),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The notes on an account, newest first.
pub async fn of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CompteId.eq(compte_id)).order_by_desc(Column::Id).all(db).await?)
}
