//! Services formation: they present the agents of a collectivité. The password belongs to the address: see
//! [`super::identifiants`].

use domain::instant::Millis;
use domain::valeurs::AdresseCourriel;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, Set, Unchanged,
};

use super::jetons;
use crate::error::BackendError;
pub use crate::persistence::entities::service_formation::Model;
use crate::persistence::entities::service_formation::{ActiveModel, Column, Entity};
use crate::security::tokens::Usage;

/// Whether the service accepted its invitation and is not disabled.
pub fn is_active(row: &Model) -> bool {
    row.accepte_le.is_some() && row.desactive_le.is_none()
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Reads the row and keeps others from changing it until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(db).await?)
}

pub async fn by_courriel(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CourrielCle.eq(courriel_cle)).one(db).await?)
}

/// The services whose address is not erased. The order has no meaning for people.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::Courriel.ne("")).order_by_asc(Column::CourrielCle).all(db).await?)
}

/// Erases the addresses of old services. Same rule as [`super::gestionnaires::forget`].
pub async fn forget(db: &impl ConnectionTrait, before: Millis) -> Result<Vec<i64>, BackendError> {
    let invited = Condition::all().add(Column::AccepteLe.is_null()).add(Column::InviteLe.lt(before));
    let gone = Condition::any().add(Column::DesactiveLe.lt(before)).add(invited.add(Column::DesactiveLe.is_null()));
    let due = Entity::find()
        .filter(Column::Courriel.ne(""))
        .filter(gone)
        .order_by_asc(Column::Id)
        .lock_exclusive()
        .all(db)
        .await?;
    let mut forgotten = Vec::new();
    for row in &due {
        // The service was invited again since.
        if !jetons::open(db, Usage::InvitationServiceFormation, row.id).await?.is_empty() {
            continue;
        }
        forgotten.push(row.id);
        let nobody = ActiveModel {
            id: Unchanged(row.id),
            courriel: Set(String::new()),
            courriel_cle: Set(format!("ancien:{}", row.id)),
            desactive_le: Set(Some(row.desactive_le.unwrap_or(before))),
            ..Default::default()
        };
        nobody.update(db).await?;
    }
    Ok(forgotten)
}

pub async fn insert(
    db: &impl ConnectionTrait,
    courriel: &AdresseCourriel,
    collectivite_id: i64,
    now: Millis,
) -> Result<Model, BackendError> {
    let row = ActiveModel {
        id: NotSet,
        courriel: Set(courriel.to_string()),
        courriel_cle: Set(courriel.cle().to_owned()),
        collectivite_id: Set(collectivite_id),
        invite_le: Set(now),
        accepte_le: Set(None),
        desactive_le: Set(None),
        derniere_connexion: Set(None),
    };
    Ok(row.insert(db).await?)
}

/// Records a new invitation. A service that accepted or was disabled keeps its collectivité until it accepts again.
pub async fn invite_again(
    db: &impl ConnectionTrait,
    row: &Model,
    collectivite_id: i64,
    now: Millis,
) -> Result<(), BackendError> {
    let mut update = Entity::update_many().col_expr(Column::InviteLe, Expr::value(now)).filter(Column::Id.eq(row.id));
    if row.accepte_le.is_none() && row.desactive_le.is_none() {
        update = update.col_expr(Column::CollectiviteId, Expr::value(collectivite_id));
    }
    update.exec(db).await?;
    Ok(())
}

/// Makes the service active for this collectivité, even if it served another one before.
pub async fn accept(db: &impl ConnectionTrait, id: i64, collectivite_id: i64, now: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::CollectiviteId, Expr::value(collectivite_id))
        .col_expr(Column::DesactiveLe, Expr::value(None::<i64>))
        .col_expr(Column::AccepteLe, Expr::value(now))
        .col_expr(Column::DerniereConnexion, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Disables the service. `false` when it was disabled before.
pub async fn disable(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::DesactiveLe, Expr::value(now))
        .col_expr(Column::AccepteLe, Expr::value(None::<i64>))
        .filter(Column::Id.eq(id))
        .filter(Column::DesactiveLe.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

pub async fn signed_in(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::DerniereConnexion, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}
