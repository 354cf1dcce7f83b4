//! The délégations that organise sessions.

use domain::collectivite::fold;
use domain::formation::Delegation;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set};

use crate::error::BackendError;
pub use crate::persistence::entities::delegation::Model;
use crate::persistence::entities::delegation::{ActiveModel, Column, Entity};

/// All of them, by name.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().order_by_asc(Column::Nom).order_by_asc(Column::Id).all(db).await?)
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Whether a new session may name it.
pub async fn is_active(db: &impl ConnectionTrait, id: i64) -> Result<bool, BackendError> {
    Ok(Entity::find_by_id(id).filter(Column::Active.eq(true)).one(db).await?.is_some())
}

/// Whether a délégation other than `but` has this name, whatever its case and accents.
pub async fn is_taken(db: &impl ConnectionTrait, nom: &str, but: Option<i64>) -> Result<bool, BackendError> {
    let nom = fold(nom);
    Ok(all(db).await?.iter().any(|row| Some(row.id) != but && fold(&row.nom) == nom))
}

/// Adds an active délégation. Returns its id.
pub async fn insert(db: &impl ConnectionTrait, delegation: &Delegation) -> Result<i64, BackendError> {
    let row = ActiveModel { active: Set(true), version: Set(1), ..columns(delegation) };
    Ok(row.insert(db).await?.id)
}

/// Replaces its texts, if it has this version.
pub async fn replace(
    db: &impl ConnectionTrait,
    id: i64,
    version: i64,
    delegation: &Delegation,
) -> Result<bool, BackendError> {
    let changed = ActiveModel { version: Set(version + 1), ..columns(delegation) };
    let update = Entity::update_many().set(changed).filter(Column::Id.eq(id)).filter(Column::Version.eq(version));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Lets sessions name it, or not any more, if it has this version.
pub async fn activate(db: &impl ConnectionTrait, id: i64, version: i64, active: bool) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::Active, Expr::value(active))
        .col_expr(Column::Version, Expr::value(version + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version));
    Ok(update.exec(db).await?.rows_affected == 1)
}

fn columns(delegation: &Delegation) -> ActiveModel {
    let Delegation { nom, courriel, telephone, referent_nom, referent_courriel } = delegation.clone();
    ActiveModel {
        id: NotSet,
        nom: Set(nom),
        courriel: Set(courriel),
        telephone: Set(telephone),
        referent_nom: Set(referent_nom),
        referent_courriel: Set(referent_courriel),
        active: NotSet,
        version: NotSet,
    }
}
