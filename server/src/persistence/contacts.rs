//! The published contacts of the services formation.

use domain::collectivite::ContactFormation;
use domain::ports::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, Set};

use super::entities::contact_formation::{ActiveModel, Column, Entity, Model};
use crate::error::BackendError;

pub async fn of(db: &impl ConnectionTrait, collectivite_id: i64) -> Result<Option<ContactFormation>, BackendError> {
    Ok(Entity::find().filter(Column::CollectiviteId.eq(collectivite_id)).one(db).await?.map(value))
}

/// Puts a contact in the place of the one there was.
pub async fn put(
    db: &impl ConnectionTrait,
    collectivite_id: i64,
    contact: &ContactFormation,
    now: Millis,
) -> Result<(), BackendError> {
    let ContactFormation { service, courriel, telephone } = contact.clone();
    let row = ActiveModel {
        id: NotSet,
        collectivite_id: Set(collectivite_id),
        service: Set(service),
        courriel: Set(courriel),
        telephone: Set(telephone),
        maj_le: Set(now),
    };
    let replaced = OnConflict::column(Column::CollectiviteId)
        .update_columns([Column::Service, Column::Courriel, Column::Telephone, Column::MajLe])
        .to_owned();
    Entity::insert(row).on_conflict(replaced).exec_without_returning(db).await?;
    Ok(())
}

fn value(row: Model) -> ContactFormation {
    let Model { id: _, collectivite_id: _, service, courriel, telephone, maj_le: _ } = row;
    ContactFormation { service, courriel, telephone }
}
