//! Drafts of motifs: one for each gestionnaire and motif. A draft keeps what was typed last, valid or not.

use app::areas::gestion::motifs::MotifSaisi;
use domain::instant::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use super::motif_brouillon::{ActiveModel, Column, Entity};
use crate::error::BackendError;
use crate::persistence::engine::Db;

pub async fn find(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    motif_id: i64,
) -> Result<Option<MotifSaisi>, BackendError> {
    let row = Entity::find_by_id((gestionnaire_id, motif_id)).one(db).await?;
    Ok(row.map(|row| MotifSaisi { libelle: row.libelle, texte: row.texte }))
}

pub async fn put(
    db: &impl ConnectionTrait,
    gestionnaire_id: i64,
    motif_id: i64,
    saisi: &MotifSaisi,
    now: Millis,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        gestionnaire_id: Set(gestionnaire_id),
        motif_id: Set(motif_id),
        libelle: Set(saisi.libelle.clone()),
        texte: Set(saisi.texte.clone()),
        modifie_le: Set(now),
    };
    let replaced = OnConflict::columns([Column::GestionnaireId, Column::MotifId])
        .update_columns([Column::Libelle, Column::Texte, Column::ModifieLe])
        .to_owned();
    Entity::insert(row).on_conflict(replaced).exec_without_returning(db).await?;
    Ok(())
}

pub async fn delete(db: &impl ConnectionTrait, gestionnaire_id: i64, motif_id: i64) -> Result<(), BackendError> {
    Entity::delete_by_id((gestionnaire_id, motif_id)).exec(db).await?;
    Ok(())
}

/// Deletes old drafts at once: there are few, one for each member and motif.
pub async fn purge(db: &Db, idle_since: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::delete_many().filter(Column::ModifieLe.lt(idle_since)).exec(&*write).await?;
    write.commit().await
}
