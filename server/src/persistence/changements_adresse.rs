//! Changes of address. The links of a change say whether it was confirmed or undone: see [`super::jetons`].

use domain::conservation::CHANGEMENT_ADRESSE_JOURS;
use domain::instant::Millis;
use domain::valeurs::AdresseCourriel;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set,
};

use super::engine::Db;
use super::{jetons, pieces};
use crate::clock::DAY;
use crate::error::BackendError;
pub use crate::persistence::entities::changement_adresse::Model;
use crate::persistence::entities::changement_adresse::{ActiveModel, Column, Entity};
use crate::persistence::entities::compte;
use crate::security::tokens::Usage;

/// Longer than the seven days of the last link of a change, with a margin for its mails.
const KEPT: Millis = CHANGEMENT_ADRESSE_JOURS as Millis * DAY;

pub async fn insert(
    db: &impl ConnectionTrait,
    compte: &compte::Model,
    courriel: &AdresseCourriel,
    now: Millis,
) -> Result<Model, BackendError> {
    let row = ActiveModel {
        id: NotSet,
        compte_id: Set(compte.id),
        ancien: Set(compte.courriel.clone()),
        ancien_cle: Set(compte.courriel_cle.clone()),
        nouveau: Set(courriel.to_string()),
        nouveau_cle: Set(courriel.cle().to_owned()),
        demande_le: Set(now),
    };
    Ok(row.insert(db).await?)
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Revokes the links of this purpose for the change `first` of the account and all later changes.
pub async fn revoke_from(
    db: &impl ConnectionTrait,
    usage: Usage,
    compte_id: i64,
    first: i64,
    now: Millis,
) -> Result<(), BackendError> {
    let changes = Entity::find().filter(Column::CompteId.eq(compte_id)).filter(Column::Id.gte(first)).all(db).await?;
    for change in changes {
        jetons::revoke(db, usage, change.id, now).await?;
    }
    Ok(())
}

/// The changes of an account, newest first.
pub async fn of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CompteId.eq(compte_id)).order_by_desc(Column::Id).all(db).await?)
}

/// Until when the former mailbox can undo the newest confirmed change. `None` when no change can be undone. The
/// validity of a link starts now if its mail is still queued.
pub async fn undoable_until(
    db: &impl ConnectionTrait,
    compte_id: i64,
    validity: Millis,
    now: Millis,
) -> Result<Option<Millis>, BackendError> {
    let mut until = None;
    for change in of_account(db, compte_id).await? {
        let links = jetons::open(db, Usage::AdresseAnnulation, change.id).await?;
        let alive = links.iter().filter(|link| jetons::etat(link, validity, now) == jetons::Etat::Vivant);
        let ends = alive.map(|link| link.premier_envoi_le.unwrap_or(now) + validity);
        until = until.max(ends.max());
    }
    Ok(until)
}

/// Deletes the changes of an account and their links: no foreign key does it.
pub async fn delete_of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<(), BackendError> {
    for change in of_account(db, compte_id).await? {
        jetons::delete(db, &[Usage::Adresse, Usage::AdresseAnnulation], change.id).await?;
    }
    Entity::delete_many().filter(Column::CompteId.eq(compte_id)).exec(db).await?;
    Ok(())
}

pub async fn purge(db: &Db, now: Millis) -> Result<u64, BackendError> {
    pieces::all::<Entity>(db, Column::Id, Condition::all().add(Column::DemandeLe.lt(now - KEPT))).await
}
