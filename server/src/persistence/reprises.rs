//! Links that resume a draft: the draft, the recipient, and the number of wrong birth dates.

use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::error::BackendError;
use crate::persistence::entities::brouillon_cle;
use crate::persistence::entities::reprise::{ActiveModel, Column, Entity, Model};
use crate::security::secrets::AdresseCachee;

/// How many wrong birth dates a link accepts, and a relecture.
pub const ESSAIS_MAX: i64 = 5;

/// Inserts the row that goes with the jeton of the same id.
pub async fn issue(
    db: &impl ConnectionTrait,
    jeton_id: &str,
    brouillon: &str,
    destinataire: &AdresseCachee,
) -> Result<(), BackendError> {
    let row = ActiveModel {
        jeton_id: Set(jeton_id.to_owned()),
        brouillon: Set(brouillon.to_owned()),
        destinataire_cle: Set(destinataire.as_str().to_owned()),
        essais: Set(0),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub async fn find(db: &impl ConnectionTrait, jeton_id: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(jeton_id).one(db).await?)
}

/// Takes a try before the birth date is compared, so that many guesses at once get no more tries. `false` when no try
/// is left.
pub async fn take_try(db: &impl ConnectionTrait, jeton_id: &str) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::Essais, Expr::col(Column::Essais).add(1))
        .filter(Column::JetonId.eq(jeton_id))
        .filter(Column::Essais.lt(ESSAIS_MAX));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Gives a try back after a right birth date.
pub async fn give_back(db: &impl ConnectionTrait, jeton_id: &str) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Essais, Expr::col(Column::Essais).sub(1))
        .filter(Column::JetonId.eq(jeton_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Adds a key to a draft.
pub async fn add_key(
    db: &impl ConnectionTrait,
    cle_hash: String,
    brouillon: &str,
    now: Millis,
) -> Result<(), BackendError> {
    let row =
        brouillon_cle::ActiveModel { cle_hash: Set(cle_hash), brouillon: Set(brouillon.to_owned()), cree_le: Set(now) };
    brouillon_cle::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}
