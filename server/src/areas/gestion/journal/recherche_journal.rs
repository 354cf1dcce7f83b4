//! Pages of the journal.

use std::collections::HashMap;

use domain::instant::Millis;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::error::BackendError;
use crate::persistence::entities::journal::{Column, Entity, Model};
use crate::persistence::entities::{compte, sceau};

/// A search of the journal. An empty field filters nothing.
#[derive(Clone, Debug, Default)]
pub struct Recherche {
    pub acteur: Option<String>,
    pub action: Option<String>,
    pub compte_id: Option<i64>,
    pub du: Option<Millis>,
    /// Lines before this instant.
    pub au: Option<Millis>,
    pub apres: Option<i64>,
}

/// A page of lines, newest first.
pub async fn page(db: &impl ConnectionTrait, asked: &Recherche, limit: u64) -> Result<Vec<Model>, BackendError> {
    let mut found = Entity::find();
    if let Some(acteur) = &asked.acteur {
        found = found.filter(Column::Acteur.eq(acteur));
    }
    if let Some(action) = &asked.action {
        found = found.filter(Column::Action.eq(action));
    }
    if let Some(id) = asked.compte_id {
        found = found.filter(Column::CompteId.eq(id));
    }
    if let Some(du) = asked.du {
        found = found.filter(Column::Le.gte(du));
    }
    if let Some(au) = asked.au {
        found = found.filter(Column::Le.lt(au));
    }
    if let Some(apres) = asked.apres {
        found = found.filter(Column::Id.lt(apres));
    }
    Ok(found.order_by_desc(Column::Id).limit(limit).all(db).await?)
}

/// The id of the account with this reference. For an unknown reference, 0: no account has this id.
pub async fn account(db: &impl ConnectionTrait, reference: &str) -> Result<i64, BackendError> {
    let found = compte::Entity::find().filter(compte::Column::Reference.eq(reference)).one(db).await?;
    Ok(found.map_or(0, |row| row.id))
}

/// The references of these accounts. An erased account has none.
pub async fn references(db: &impl ConnectionTrait, ids: Vec<i64>) -> Result<HashMap<i64, String>, BackendError> {
    let rows = compte::Entity::find()
        .select_only()
        .columns([compte::Column::Id, compte::Column::Reference])
        .filter(compte::Column::Id.is_in(ids))
        .into_tuple::<(i64, String)>();
    Ok(rows.all(db).await?.into_iter().collect())
}

/// Which of these lines are sealed.
pub async fn sealed(db: &impl ConnectionTrait, ids: Vec<i64>) -> Result<Vec<i64>, BackendError> {
    let rows = sceau::Entity::find()
        .select_only()
        .column(sceau::Column::JournalId)
        .filter(sceau::Column::JournalId.is_in(ids))
        .into_tuple::<i64>();
    Ok(rows.all(db).await?)
}
