//! What gestionnaires decided of préinscriptions. A decision can be taken back while its mail waits.

use domain::formation::EtatPreinscription;
use domain::instant::Millis;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set};

use crate::error::BackendError;
pub use crate::persistence::entities::decision_formation::Model;
use crate::persistence::entities::decision_formation::{ActiveModel, Column, Entity};

/// A decision to note.
#[derive(Clone, Copy, Debug)]
pub struct Nouvelle<'a> {
    pub preinscription_id: i64,
    /// The version that the decision made.
    pub version: i64,
    pub avant: EtatPreinscription,
    pub apres: EtatPreinscription,
    pub lot: &'a str,
    pub par: i64,
    pub effet_le: Millis,
}

pub async fn note(db: &impl ConnectionTrait, new: Nouvelle<'_>, now: Millis) -> Result<(), BackendError> {
    let row = ActiveModel {
        id: NotSet,
        preinscription_id: Set(new.preinscription_id),
        version: Set(new.version),
        avant: Set(new.avant.code().to_owned()),
        apres: Set(new.apres.code().to_owned()),
        lot: Set(new.lot.to_owned()),
        par: Set(new.par),
        prise_le: Set(now),
        effet_le: Set(new.effet_le),
        reprise_le: Set(None),
    };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

pub fn avant(row: &Model) -> Result<EtatPreinscription, BackendError> {
    let corrupt = BackendError::Corrupt { table: "decision_formation", column: "avant" };
    EtatPreinscription::from_code(&row.avant).ok_or(corrupt)
}

/// The decisions of a lot that their author may still take back.
pub async fn held_of_lot(
    db: &impl ConnectionTrait,
    lot: &str,
    par: i64,
    now: Millis,
) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::Lot.eq(lot))
        .filter(Column::Par.eq(par))
        .filter(Column::RepriseLe.is_null())
        .filter(Column::EffetLe.gt(now))
        .order_by_asc(Column::PreinscriptionId);
    Ok(found.all(db).await?)
}

pub async fn taken_back(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<(), BackendError> {
    let update = Entity::update_many().col_expr(Column::RepriseLe, Expr::value(now)).filter(Column::Id.eq(id));
    update.exec(db).await?;
    Ok(())
}
