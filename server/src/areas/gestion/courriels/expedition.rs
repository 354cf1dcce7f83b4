//! Pages of the outbox.

use app::areas::gestion::courriels::VoletCourriels;
use domain::instant::Millis;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::courriels::Etat;
use crate::persistence::entities::courriel::{Column, Entity, Model};

const RECENT: Millis = 7 * DAY;

/// A page of mails, newest first, after the key `apres`.
pub async fn page(
    db: &impl ConnectionTrait,
    volet: VoletCourriels,
    apres: Option<i64>,
    limit: u64,
    now: Millis,
) -> Result<Vec<Model>, BackendError> {
    let mut found = Entity::find().filter(of(volet, now));
    if let Some(key) = apres {
        found = found.filter(Column::Id.lt(key));
    }
    Ok(found.order_by_desc(Column::Id).limit(limit).all(db).await?)
}

/// The number of mails of each volet, in the order of [`VoletCourriels::ALL`].
pub async fn counts(db: &impl ConnectionTrait, now: Millis) -> Result<Vec<u64>, BackendError> {
    let mut counts = Vec::new();
    for volet in VoletCourriels::ALL {
        counts.push(Entity::find().filter(of(volet, now)).count(db).await?);
    }
    Ok(counts)
}

fn of(volet: VoletCourriels, now: Millis) -> Condition {
    let of = Condition::all();
    match volet {
        VoletCourriels::EnFile => of.add(Column::Etat.eq(Etat::Queued.code())).add(Column::DerniereErreur.is_null()),
        VoletCourriels::Differes => {
            of.add(Column::Etat.eq(Etat::Queued.code())).add(Column::DerniereErreur.is_not_null())
        }
        VoletCourriels::Abandonnes => of.add(Column::Etat.eq(Etat::Dead.code())),
        VoletCourriels::Remis => of.add(Column::Etat.eq(Etat::Sent.code())).add(Column::EnvoyeLe.gte(now - RECENT)),
    }
}
