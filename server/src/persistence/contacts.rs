//! The published contacts of the services formation.

use std::collections::HashMap;

use domain::collectivite::ContactFormation;
use domain::instant::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, Set};

use crate::error::BackendError;
use crate::persistence::entities::contact_formation::{ActiveModel, Column, Entity, Model};

pub async fn of(db: &impl ConnectionTrait, collectivite_id: i64) -> Result<Option<ContactFormation>, BackendError> {
    Ok(Entity::find().filter(Column::CollectiviteId.eq(collectivite_id)).one(db).await?.map(value))
}

/// The contacts of several collectivités.
pub async fn of_all(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, ContactFormation>, BackendError> {
    let rows = Entity::find().filter(Column::CollectiviteId.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.collectivite_id, value(row))).collect())
}

/// 1,000 rows of 5 values stay within the 32,766 values that one statement of SQLite takes.
const BATCH: usize = 1_000;

/// Writes these contacts over the former contacts of the same collectivités.
pub async fn put(
    db: &impl ConnectionTrait,
    found: &[(i64, ContactFormation)],
    now: Millis,
) -> Result<(), BackendError> {
    let replaced = OnConflict::column(Column::CollectiviteId)
        .update_columns([Column::Service, Column::Courriel, Column::Telephone, Column::MajLe])
        .to_owned();
    let row = |(collectivite_id, contact): &(i64, ContactFormation)| ActiveModel {
        id: NotSet,
        collectivite_id: Set(*collectivite_id),
        service: Set(contact.service.clone()),
        courriel: Set(contact.courriel.clone()),
        telephone: Set(contact.telephone.clone()),
        maj_le: Set(now),
    };
    for batch in found.chunks(BATCH) {
        Entity::insert_many(batch.iter().map(row)).on_conflict(replaced.clone()).exec_without_returning(db).await?;
    }
    Ok(())
}

fn value(row: Model) -> ContactFormation {
    let Model { id: _, collectivite_id: _, service, courriel, telephone, maj_le: _ } = row;
    ContactFormation { service, courriel, telephone }
}
