//! Accounts: created from a parsed request, found, and moved from state to state.

use std::collections::HashMap;

use domain::compte::Statut;
use domain::instant::Millis;
use domain::{Cas, Demande, Reference};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Set, Unchanged, Value,
};

use super::courriels::Genre;
use super::{mots, preinscriptions, reponses};
use crate::error::BackendError;
pub use crate::persistence::entities::compte::Column;
use crate::persistence::entities::compte::{ActiveModel, Entity, Model};
use crate::persistence::entities::{courriel, jeton, preinscription};
use crate::security::tokens::Usage;
use domain::conservation::REFUS_MOIS;
use domain::instant::{months_after, today};

/// Inserts an account that waits for its activation. `presentee_par` is the service formation, in cas 1.
pub async fn insert(
    db: &impl ConnectionTrait,
    demande: Demande,
    reference: Reference,
    collectivite_id: i64,
    presentee_par: Option<i64>,
    now: Millis,
) -> Result<Model, BackendError> {
    let row = ActiveModel {
        reference: Set(reference.to_string()),
        version: Set(1),
        statut: Set(Statut::EnAttenteActivation.code().to_owned()),
        collectivite_id: Set(collectivite_id),
        presentee_par: Set(presentee_par),
        envoyee_le: Set(now),
        statut_depuis: Set(now),
        ..reponses::answers(demande)
    };
    let row = row.insert(db).await?;
    mots::add(db, &row).await?;
    Ok(row)
}

/// Replaces the answers of an account. Its address and its cas do not change.
pub async fn correct(db: &impl ConnectionTrait, id: i64, demande: Demande) -> Result<Model, BackendError> {
    let row = ActiveModel {
        id: Unchanged(id),
        courriel: NotSet,
        courriel_cle: NotSet,
        cas: NotSet,
        ..reponses::answers(demande)
    };
    let row = row.update(db).await?;
    mots::replace(db, &row).await?;
    Ok(row)
}

pub fn statut(row: &Model) -> Result<Statut, BackendError> {
    Statut::from_code(&row.statut).ok_or(BackendError::Corrupt { table: "compte", column: "statut" })
}

pub fn cas(row: &Model) -> Result<Cas, BackendError> {
    Cas::from_code(&row.cas).ok_or(BackendError::Corrupt { table: "compte", column: "cas" })
}

pub fn reference(row: &Model) -> Result<Reference, BackendError> {
    row.reference.parse().map_err(|_| BackendError::Corrupt { table: "compte", column: "reference" })
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// What the list of a session shows of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub id: i64,
    pub nom: String,
    pub nom_naissance: String,
    pub prenom: String,
    pub date_naissance: String,
    pub cas: Cas,
}

type NameRow = (i64, String, String, String, String, String);

fn name((id, nom, nom_naissance, prenom, date_naissance, code): NameRow) -> Result<Name, BackendError> {
    let cas = Cas::from_code(&code).ok_or(BackendError::Corrupt { table: "compte", column: "cas" })?;
    Ok(Name { id, nom, nom_naissance, prenom, date_naissance, cas })
}

const NAME: [Column; 6] =
    [Column::Id, Column::Nom, Column::NomNaissance, Column::Prenom, Column::DateNaissance, Column::Cas];

/// The names of these accounts, by id.
pub async fn names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Name>, BackendError> {
    let rows: Vec<NameRow> =
        Entity::find().select_only().columns(NAME).filter(Column::Id.is_in(ids)).into_tuple().all(db).await?;
    rows.into_iter().map(|row| name(row).map(|name| (name.id, name))).collect()
}

/// Those who have an active préinscription to a session, of those born on one of these days.
pub async fn active_in_session(
    db: &impl ConnectionTrait,
    session_id: i64,
    births: impl IntoIterator<Item = String>,
) -> Result<Vec<Name>, BackendError> {
    let active = Query::select()
        .column(preinscription::Column::CompteId)
        .from(preinscription::Entity)
        .and_where(preinscription::Column::SessionId.eq(session_id))
        .and_where(preinscription::Column::Etat.is_in(preinscriptions::active()))
        .to_owned();
    let rows: Vec<NameRow> = Entity::find()
        .select_only()
        .columns(NAME)
        .filter(Column::DateNaissance.is_in(births))
        .filter(Column::Id.in_subquery(active))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter().map(name).collect()
}

/// The lock of an account leaves its key free: a row that refers to the account, such as a mail, may be added meanwhile. Who
/// holds a session queues mails for others, and would wait here for who waits for the session.
const LOCK: LockType = LockType::NoKeyUpdate;

/// Locks these accounts, in the order of their ids.
pub async fn lock(db: &impl ConnectionTrait, ids: &[i64]) -> Result<(), BackendError> {
    let rows = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Id)
        .lock(LOCK);
    rows.into_tuple::<i64>().all(db).await?;
    Ok(())
}

/// The key of the address of an account.
pub async fn courriel_cle(db: &impl ConnectionTrait, id: i64) -> Result<Option<String>, BackendError> {
    Ok(Entity::find_by_id(id).select_only().column(Column::CourrielCle).into_tuple().one(db).await?)
}

/// Reads the row and keeps others from changing it until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).lock(LOCK).one(db).await?)
}

/// The activated account that holds this address. There is one at most.
pub async fn holder(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find().filter(Column::CourrielCle.eq(courriel_cle)).filter(activated()).one(db).await?)
}

/// The id and the state of the activated account that holds this address. The query uses `max`, so it always returns
/// one row of two columns. To read all sixty columns took longer: the response time told whether the address was known.
pub async fn holder_state(
    db: &impl ConnectionTrait,
    courriel_cle: &str,
) -> Result<Option<(i64, Statut)>, BackendError> {
    let query = Entity::find()
        .select_only()
        .column_as(Column::Id.max(), "id")
        .column_as(Column::Statut.max(), "statut")
        .filter(Column::CourrielCle.eq(courriel_cle))
        .filter(activated());
    let (id, code) = query.into_tuple::<(Option<i64>, Option<String>)>().one(db).await?.unwrap_or_default();
    let Some((id, code)) = id.zip(code) else { return Ok(None) };
    let statut = Statut::from_code(&code).ok_or(BackendError::Corrupt { table: "compte", column: "statut" })?;
    Ok(Some((id, statut)))
}

/// Locks the accounts that wait for their activation under this address. They are locked in the order of their ids: so
/// two activations of one address cannot block each other.
pub async fn pending_locked(db: &impl ConnectionTrait, courriel_cle: &str) -> Result<Vec<Model>, BackendError> {
    let waiting = Entity::find()
        .filter(Column::CourrielCle.eq(courriel_cle))
        .filter(Column::Statut.eq(Statut::EnAttenteActivation.code()))
        .order_by_asc(Column::Id)
        .lock_exclusive();
    Ok(waiting.all(db).await?)
}

pub async fn by_reference(db: &impl ConnectionTrait, reference: Reference) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find().filter(Column::Reference.eq(reference.to_string())).one(db).await?)
}

fn activated() -> Expr {
    Column::Statut.is_in(Statut::ALL.into_iter().filter(|statut| statut.is_activated()).map(Statut::code))
}

/// A change of state of an account, with the other columns that it sets.
pub struct Step {
    pub from: Statut,
    pub to: Statut,
    /// The version that the decision was about, if there is one.
    pub version: Option<i64>,
    pub also: Vec<(Column, Value)>,
}

/// Changes the state if the account is still in `from`. `false` when another request changed it first.
pub async fn step(db: &impl ConnectionTrait, id: i64, step: Step, now: Millis) -> Result<bool, BackendError> {
    if !step.from.may_become(step.to) {
        return Ok(false);
    }
    let mut update = Entity::update_many()
        .col_expr(Column::Statut, Expr::value(step.to.code()))
        .col_expr(Column::StatutDepuis, Expr::value(now))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Statut.eq(step.from.code()));
    if step.to == Statut::Actif {
        // The 24 months before inactivity start again.
        update = update
            .col_expr(Column::ActifLe, Expr::value(now))
            .col_expr(Column::AvertiLe, Expr::value(None::<i64>))
            .col_expr(Column::AvertiVecu, Expr::value(None::<i64>));
    }
    for (column, value) in step.also {
        update = update.col_expr(column, Expr::value(value));
    }
    if let Some(version) = step.version {
        update = update.filter(Column::Version.eq(version));
    }
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Corrects an address that nobody has proved yet. `false` when the account was activated meanwhile.
pub async fn correct_address(
    db: &impl ConnectionTrait,
    id: i64,
    courriel: &domain::valeurs::AdresseCourriel,
) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::Courriel, Expr::value(courriel.to_string()))
        .col_expr(Column::CourrielCle, Expr::value(courriel.cle()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Statut.eq(Statut::EnAttenteActivation.code()));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Changes the address of an activated account.
///
/// # Errors
/// A unique violation when another activated account holds it.
pub async fn move_to(
    db: &impl ConnectionTrait,
    id: i64,
    courriel: &str,
    courriel_cle: &str,
) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Courriel, Expr::value(courriel))
        .col_expr(Column::CourrielCle, Expr::value(courriel_cle))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Makes a new request with the answers of an expired one, under a new reference. The person does not type them again.
pub async fn again(
    db: &impl ConnectionTrait,
    row: Model,
    reference: Reference,
    now: Millis,
) -> Result<Model, BackendError> {
    let fresh = Model {
        reference: reference.to_string(),
        version: 1,
        statut: Statut::EnAttenteActivation.code().to_owned(),
        envoyee_le: now,
        statut_depuis: now,
        ..row
    };
    let mut fresh = sea_orm::IntoActiveModel::into_active_model(fresh).reset_all();
    fresh.id = NotSet;
    let fresh = fresh.insert(db).await?;
    mots::add(db, &fresh).await?;
    Ok(fresh)
}

/// Requests that no link can activate any more. A link can if its mail was handed over after `sent_after`. It also can
/// if it was made after `made_after` and its mail still waits.
pub async fn expirable(
    db: &impl ConnectionTrait,
    sent_after: Millis,
    made_after: Millis,
    limit: u64,
) -> Result<Vec<i64>, BackendError> {
    let waits = Condition::all().add(jeton::Column::PremierEnvoiLe.is_null()).add(jeton::Column::CreeLe.gt(made_after));
    let alive = jeton::Entity::find()
        .select_only()
        .column(jeton::Column::SujetId)
        .filter(jeton::Column::Usage.eq(Usage::Activation.code()))
        .filter(jeton::Column::RevoqueLe.is_null())
        .filter(Condition::any().add(waits).add(jeton::Column::PremierEnvoiLe.gt(sent_after)))
        .into_query();
    let due = Entity::find()
        .filter(Column::Statut.eq(Statut::EnAttenteActivation.code()))
        .filter(Column::Id.not_in_subquery(alive))
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(due.all(db).await?.into_iter().map(|row| row.id).collect())
}

/// Requests that wait for their activation and were never reminded. Their newest link was handed over between `after`
/// and `before`. A request is left out if a link is still queued: its mail replaces the reminder.
pub async fn remindable(
    db: &impl ConnectionTrait,
    after: Millis,
    before: Millis,
    limit: u64,
) -> Result<Vec<i64>, BackendError> {
    let links = || {
        jeton::Entity::find()
            .select_only()
            .column(jeton::Column::SujetId)
            .filter(jeton::Column::Usage.eq(Usage::Activation.code()))
            .filter(jeton::Column::RevoqueLe.is_null())
    };
    let sent = links()
        .filter(jeton::Column::PremierEnvoiLe.gt(after))
        .filter(jeton::Column::PremierEnvoiLe.lte(before))
        .into_query();
    let fresh =
        Condition::any().add(jeton::Column::PremierEnvoiLe.is_null()).add(jeton::Column::PremierEnvoiLe.gt(before));
    let reminded = courriel::Entity::find()
        .select_only()
        .column(courriel::Column::CompteId)
        .filter(courriel::Column::Genre.eq(Genre::Rappel.code()))
        .filter(courriel::Column::CompteId.is_not_null())
        .into_query();
    let due = Entity::find()
        .filter(Column::Statut.eq(Statut::EnAttenteActivation.code()))
        .filter(Column::Id.in_subquery(sent))
        .filter(Column::Id.not_in_subquery(links().filter(fresh).into_query()))
        .filter(Column::Id.not_in_subquery(reminded))
        .limit(limit);
    Ok(due.all(db).await?.into_iter().map(|row| row.id).collect())
}

/// Accounts in one of these states since `before`, with an id greater than `after`.
pub async fn in_state_since(
    db: &impl ConnectionTrait,
    statuts: &[Statut],
    before: Millis,
    after: i64,
    limit: u64,
) -> Result<Vec<i64>, BackendError> {
    let due = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Statut.is_in(statuts.iter().map(|statut| statut.code())))
        .filter(Column::StatutDepuis.lte(before))
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(due.into_tuple().all(db).await?)
}

/// Deletes an account with its drafts, mails, notes, corrections, decisions and what its service formation typed. The
/// journal keeps the id.
pub async fn delete(db: &impl ConnectionTrait, id: i64) -> Result<(), BackendError> {
    Entity::delete_by_id(id).exec(db).await?;
    Ok(())
}

/// The end of the time in which a refusal can be reopened. After that it is erased.
pub fn reopened_until(row: &Model) -> Millis {
    let end = months_after(today(row.statut_depuis), REFUS_MOIS);
    row.statut_depuis + (end - today(row.statut_depuis)).whole_milliseconds().try_into().unwrap_or(0)
}
