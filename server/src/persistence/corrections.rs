//! Corrections: the remarques, the answers before, and the answers being corrected now.

use domain::Etape;
use domain::correction::Remarque;
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::brouillons;
use super::reprises::ESSAIS_MAX;
use crate::clock::DAY;
use crate::error::BackendError;
pub use crate::persistence::entities::correction::Model;
use crate::persistence::entities::correction::{ActiveModel, Column, Entity};
use crate::persistence::entities::{compte, remarque};
use domain::conservation::CORRECTION_JOURS;

/// If the person does not answer for so long, the request is withdrawn.
pub const KEPT: Millis = CORRECTION_JOURS as Millis * DAY;

impl Model {
    /// Whether the person must still give their birth date before anything is shown.
    pub fn is_closed(&self) -> bool {
        self.relecture && self.ouverte_le.is_none()
    }

    /// How many more wrong birth dates are accepted.
    pub fn restants(&self) -> u32 {
        u32::try_from(ESSAIS_MAX - self.essais).unwrap_or(0)
    }
}

/// Opens a correction. It starts with the present answers.
pub async fn open(
    db: &impl ConnectionTrait,
    compte: &compte::Model,
    by: i64,
    message: String,
    remarques: &[Remarque],
    now: Millis,
) -> Result<(), BackendError> {
    let asked = ActiveModel { demandee_par: Set(Some(by)), message: Set(message), ..of_answers(compte, now)? };
    let correction = asked.insert(db).await?;
    let rows = remarques.iter().map(|remarque| remarque::ActiveModel {
        id: NotSet,
        correction_id: Set(correction.id),
        etape: Set(remarque.etape.slug().to_owned()),
        champ: Set(remarque.champ.clone()),
        texte: Set(remarque.texte.clone()),
    });
    remarque::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Opens a relecture: the agent reviews what their service formation typed.
pub async fn open_review(db: &impl ConnectionTrait, compte: &compte::Model, now: Millis) -> Result<(), BackendError> {
    let row = ActiveModel { relecture: Set(true), ..of_answers(compte, now)? };
    Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

fn of_answers(compte: &compte::Model, now: Millis) -> Result<ActiveModel, BackendError> {
    let answers = brouillons::write(&super::reponses::brouillon(compte))?;
    Ok(ActiveModel {
        id: NotSet,
        compte_id: Set(compte.id),
        demandee_le: Set(now),
        demandee_par: Set(None),
        message: Set(String::new()),
        avant: Set(answers.clone()),
        contenu: Set(answers),
        renvoyee_le: Set(None),
        relecture: Set(false),
        essais: Set(0),
        ouverte_le: Set(None),
    })
}

/// Records a birth date: a right one opens the relecture, a wrong one is counted.
pub async fn keep_try(db: &impl ConnectionTrait, id: i64, right: bool, now: Millis) -> Result<(), BackendError> {
    let update = Entity::update_many().filter(Column::Id.eq(id));
    let update = match right {
        true => update.col_expr(Column::OuverteLe, Expr::value(now)),
        false => update.col_expr(Column::Essais, Expr::col(Column::Essais).add(1)),
    };
    update.exec(db).await?;
    Ok(())
}

/// The newest relecture of an account, finished or not.
pub async fn review(db: &impl ConnectionTrait, compte_id: i64) -> Result<Option<Model>, BackendError> {
    let reviews = Entity::find().filter(Column::CompteId.eq(compte_id)).filter(Column::Relecture.eq(true));
    Ok(reviews.order_by_desc(Column::Id).one(db).await?)
}

/// The correction that the person has not sent back yet.
pub async fn current(db: &impl ConnectionTrait, compte_id: i64) -> Result<Option<Model>, BackendError> {
    Ok(waiting(compte_id).one(db).await?)
}

/// The same, locked until the transaction ends.
pub async fn current_locked(db: &impl ConnectionTrait, compte_id: i64) -> Result<Option<Model>, BackendError> {
    Ok(waiting(compte_id).lock_exclusive().one(db).await?)
}

fn waiting(compte_id: i64) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::CompteId.eq(compte_id)).filter(Column::RenvoyeeLe.is_null())
}

/// The corrections of an account, oldest first.
pub async fn of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CompteId.eq(compte_id)).order_by_asc(Column::Id).all(db).await?)
}

/// The remarques of a correction, in the order of the form.
pub async fn remarques(db: &impl ConnectionTrait, correction_id: i64) -> Result<Vec<Remarque>, BackendError> {
    let rows = remarque::Entity::find()
        .filter(remarque::Column::CorrectionId.eq(correction_id))
        .order_by_asc(remarque::Column::Id)
        .all(db)
        .await?;
    let read = |row: remarque::Model| {
        let etape = Etape::from_slug(&row.etape).ok_or(BackendError::Corrupt { table: "remarque", column: "etape" })?;
        Ok(Remarque { etape, champ: row.champ, texte: row.texte })
    };
    rows.into_iter().map(read).collect()
}

pub async fn keep(db: &impl ConnectionTrait, id: i64, contenu: String) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Contenu, Expr::value(contenu))
        .filter(Column::Id.eq(id))
        .filter(Column::RenvoyeeLe.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Closes the correction. `false` when it was closed before.
pub async fn close(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::RenvoyeeLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::RenvoyeeLe.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Corrections asked for at `before` or earlier and not sent back, with an id greater than `after`, ordered by id.
pub async fn waiting_since(
    db: &impl ConnectionTrait,
    before: Millis,
    after: i64,
    limit: u64,
) -> Result<Vec<Model>, BackendError> {
    let due = Entity::find()
        .filter(Column::RenvoyeeLe.is_null())
        .filter(Column::DemandeeLe.lte(before))
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(due.all(db).await?)
}
