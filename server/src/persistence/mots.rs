//! The words of a person's folded names, one row each, so that a search by the beginning of a word reads an index.

use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, Set};

use super::entities::compte_mot::{ActiveModel, Column, Entity};

/// The words of `nom_cle`, each once.
pub fn of(nom_cle: &str) -> Vec<&str> {
    let mut words: Vec<&str> = nom_cle.split(' ').filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.dedup();
    words
}

pub async fn add(db: &impl ConnectionTrait, compte_id: i64, nom_cle: &str) -> Result<(), DbErr> {
    let rows = of(nom_cle).into_iter().map(|word| ActiveModel { mot: Set(word.to_owned()), compte_id: Set(compte_id) });
    Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// After a corrected name.
pub async fn replace(db: &impl ConnectionTrait, compte_id: i64, nom_cle: &str) -> Result<(), DbErr> {
    Entity::delete_many().filter(Column::CompteId.eq(compte_id)).exec(db).await?;
    add(db, compte_id, nom_cle).await
}

/// What follows every word that begins with `prefix`. The column is ordered by bytes on both engines, and no byte
/// sequence of a character is greater than this one's.
pub fn end_of(prefix: &str) -> String {
    format!("{prefix}\u{10ffff}")
}
