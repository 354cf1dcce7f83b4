//! The files that wait to be imported, of the directory or of sessions of training.

use domain::codes;
use domain::instant::Millis;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::engine::Db;
use super::pieces;
use crate::clock::HOUR;
use crate::error::BackendError;
pub use crate::persistence::entities::import_repertoire::Model;
use crate::persistence::entities::import_repertoire::{ActiveModel, Column, Entity};
use crate::tableur;
use crate::tableur::Classeur;

/// How many files of a kind the server keeps for one gestionnaire: the one they look at, and one more.
const STAGED_MAX: u64 = 2;

/// How long a file waits for its import.
const STAGED: Millis = HOUR;

codes! {
    /// What a file adds to.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Genre {
        Repertoire = "repertoire";
        Formations = "formations";
    }
}

/// The row of a file that `gestionnaire_id` sends at `now`, under this id.
///
/// # Errors
/// When the file is a workbook.
pub fn read(file: &[u8], genre: Genre, id: String, gestionnaire_id: i64, now: Millis) -> Result<Model, Classeur> {
    let (contenu, windows) = tableur::decode(file)?;
    // PostgreSQL refuses a NUL, and no line needs one.
    let contenu = contenu.replace('\0', "");
    Ok(Model { id, genre: genre.code().to_owned(), gestionnaire_id, expire_le: now + STAGED, windows, contenu })
}

/// Keeps a file. The oldest files of the same gestionnaire and kind are deleted.
pub async fn stage(db: &impl ConnectionTrait, file: Model) -> Result<(), BackendError> {
    let kept = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::GestionnaireId.eq(file.gestionnaire_id))
        .filter(Column::Genre.eq(&file.genre))
        .order_by_desc(Column::ExpireLe)
        .order_by_asc(Column::Id)
        .limit(STAGED_MAX - 1);
    let kept: Vec<String> = kept.into_tuple().all(db).await?;
    let older = Entity::delete_many()
        .filter(Column::GestionnaireId.eq(file.gestionnaire_id))
        .filter(Column::Genre.eq(&file.genre));
    older.filter(Column::Id.is_not_in(kept)).exec(db).await?;
    let Model { id, genre, gestionnaire_id, expire_le, windows, contenu } = file;
    let row = ActiveModel {
        id: Set(id),
        genre: Set(genre),
        gestionnaire_id: Set(gestionnaire_id),
        expire_le: Set(expire_le),
        windows: Set(windows),
        contenu: Set(contenu),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A file of this kind that `gestionnaire_id` sent and that has not expired.
pub async fn staged(
    db: &impl ConnectionTrait,
    genre: Genre,
    id: &str,
    gestionnaire_id: i64,
    now: Millis,
) -> Result<Option<Model>, BackendError> {
    let found = Entity::find_by_id(id)
        .filter(Column::Genre.eq(genre.code()))
        .filter(Column::GestionnaireId.eq(gestionnaire_id))
        .filter(Column::ExpireLe.gt(now));
    Ok(found.one(db).await?)
}

/// Deletes a file. `false` when another request deleted it first.
pub async fn unstage(db: &impl ConnectionTrait, id: &str) -> Result<bool, BackendError> {
    Ok(Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}

pub async fn purge(db: &Db, now: Millis) -> Result<(), BackendError> {
    let over = Condition::all().add(Column::ExpireLe.lte(now));
    pieces::all::<Entity>(db, Column::Id, over).await?;
    Ok(())
}
