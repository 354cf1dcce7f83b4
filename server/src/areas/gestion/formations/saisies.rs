//! What gestionnaires typed of a session and did not save: one for each gestionnaire and session, valid or not.

use domain::formation::lecture::SessionSaisie;
use domain::instant::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use serde::{Deserialize, Serialize};

use crate::error::BackendError;
use crate::persistence::engine::Db;
use crate::persistence::entities::formation_saisie::{ActiveModel, Column, Entity};

/// The id under which the texts of a new session are kept.
const NEW: i64 = 0;

/// What was typed, and the version of the session from which the writing began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gardee {
    pub version: i64,
    pub saisie: SessionSaisie,
}

pub async fn find(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    session_id: Option<i64>,
) -> Result<Option<Gardee>, BackendError> {
    let row = Entity::find_by_id((gestionnaire_id, session_id.unwrap_or(NEW))).one(db).await?;
    let corrupt = |_| BackendError::Corrupt { table: "formation_saisie", column: "saisie" };
    row.map(|row| serde_json::from_str(&row.saisie).map_err(corrupt)).transpose()
}

pub async fn put(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    session_id: Option<i64>,
    gardee: &Gardee,
    now: Millis,
) -> Result<(), BackendError> {
    let corrupt = |_| BackendError::Corrupt { table: "formation_saisie", column: "saisie" };
    let row = ActiveModel {
        gestionnaire_id: Set(gestionnaire_id),
        session_id: Set(session_id.unwrap_or(NEW)),
        saisie: Set(serde_json::to_string(gardee).map_err(corrupt)?),
        modifie_le: Set(now),
    };
    let replaced = OnConflict::columns([Column::GestionnaireId, Column::SessionId])
        .update_columns([Column::Saisie, Column::ModifieLe])
        .to_owned();
    Entity::insert(row).on_conflict(replaced).exec_without_returning(db).await?;
    Ok(())
}

pub async fn delete(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    session_id: Option<i64>,
) -> Result<(), BackendError> {
    Entity::delete_by_id((gestionnaire_id, session_id.unwrap_or(NEW))).exec(db).await?;
    Ok(())
}

/// Deletes old texts at once: there are few, one for each member and session.
pub async fn purge(db: &Db, idle_since: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::delete_many().filter(Column::ModifieLe.lt(idle_since)).exec(&*write).await?;
    write.commit().await
}
