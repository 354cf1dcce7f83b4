//! Préinscriptions. Whoever writes here holds the lock of the session.

mod conservation;
mod places;

use std::collections::HashMap;

use domain::ReferencePreinscription;
use domain::formation::{Cause, EtatPreinscription, Origine, SiComplet};
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};

pub use conservation::{delete_ended, forget_contacts, forget_texts};
pub use places::{Nouvelle, Passage, Passe, delete_of_session, delete_retained, enter, miscounted, pass, take_back};

use super::sessions_formation::{self, Model as SessionFormationRow};
use crate::error::BackendError;
use crate::persistence::entities::preinscription::Entity;
pub use crate::persistence::entities::preinscription::{Column, Model};

const fn corrupt(column: &'static str) -> BackendError {
    BackendError::Corrupt { table: "preinscription", column }
}

pub fn etat(row: &Model) -> Result<EtatPreinscription, BackendError> {
    EtatPreinscription::from_code(&row.etat).ok_or(corrupt("etat"))
}

pub fn cause(row: &Model) -> Result<Option<Cause>, BackendError> {
    row.cause.as_deref().map(|code| Cause::from_code(code).ok_or(corrupt("cause"))).transpose()
}

pub fn si_complet(row: &Model) -> Result<SiComplet, BackendError> {
    SiComplet::from_code(&row.si_complet).ok_or(corrupt("si_complet"))
}

pub fn origine(row: &Model) -> Result<Origine, BackendError> {
    Origine::from_code(&row.origine).ok_or(corrupt("origine"))
}

pub fn reference(row: &Model) -> Result<ReferencePreinscription, BackendError> {
    row.reference.parse().map_err(|_| corrupt("reference"))
}

/// The states in which a préinscription goes on.
pub fn active() -> impl Iterator<Item = &'static str> {
    EtatPreinscription::ACTIFS.into_iter().map(EtatPreinscription::code)
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// Reads rows and keeps others from changing them until the transaction ends. They are locked in the order of their ids.
pub async fn find_locked(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<Model>, BackendError> {
    let rows = Entity::find().filter(Column::Id.is_in(ids)).order_by_asc(Column::Id).lock_exclusive();
    Ok(rows.all(db).await?)
}

pub async fn of_reference(
    db: &impl ConnectionTrait,
    compte_id: i64,
    reference: ReferencePreinscription,
) -> Result<Option<Model>, BackendError> {
    let found =
        Entity::find().filter(Column::Reference.eq(reference.to_string())).filter(Column::CompteId.eq(compte_id));
    Ok(found.one(db).await?)
}

/// All those of an account, the newest first.
pub async fn of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find().filter(Column::CompteId.eq(compte_id)).order_by_desc(Column::Id);
    Ok(found.all(db).await?)
}

/// Those of an account that go on, in the order of their sessions.
pub async fn active_of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Etat.is_in(active()))
        .order_by_asc(Column::SessionId);
    Ok(found.all(db).await?)
}

/// How many of an account go on, in sessions that are not over.
pub async fn count_under_way(db: &impl ConnectionTrait, compte_id: i64, now: Millis) -> Result<u64, BackendError> {
    let over = Query::select()
        .column(sessions_formation::Column::Id)
        .from(sessions_formation::Entity)
        .and_where(sessions_formation::Column::Fin.lte(now))
        .to_owned();
    let found = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Etat.is_in(active()))
        .filter(Column::SessionId.not_in_subquery(over));
    Ok(found.count(db).await?)
}

/// The préinscription of an account to a session that goes on. There is one at most.
pub async fn active_for(
    db: &impl ConnectionTrait,
    session_id: i64,
    compte_id: i64,
) -> Result<Option<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Etat.is_in(active()));
    Ok(found.one(db).await?)
}

/// Those of a session in these states, by rang, after this one.
pub async fn of_session(
    db: &impl ConnectionTrait,
    session_id: i64,
    etats: &[EtatPreinscription],
    after: i64,
    limit: u64,
) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::Etat.is_in(etats.iter().map(|etat| etat.code())))
        .filter(Column::Rang.gt(after))
        .order_by_asc(Column::Rang)
        .limit(limit);
    Ok(found.all(db).await?)
}

/// The rows of a session that have these ids, by rang.
pub async fn of_ids(db: &impl ConnectionTrait, session_id: i64, ids: &[i64]) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::Id.is_in(ids.iter().copied()))
        .order_by_asc(Column::Rang);
    Ok(found.all(db).await?)
}

/// The accounts of these rows of a session.
pub async fn accounts_of(db: &impl ConnectionTrait, session_id: i64, ids: &[i64]) -> Result<Vec<i64>, BackendError> {
    let found = Entity::find()
        .select_only()
        .column(Column::CompteId)
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::Id.is_in(ids.iter().copied()));
    Ok(found.into_tuple().all(db).await?)
}

/// How many are before this rang and may still take a place: a bound on one's turn, which never grows by itself.
pub async fn count_before(db: &impl ConnectionTrait, session_id: i64, rang: i64) -> Result<u32, BackendError> {
    let ahead = active().filter(|code| *code != EtatPreinscription::Retenue.code());
    let found = Entity::find()
        .filter(Column::SessionId.eq(session_id))
        .filter(Column::Etat.is_in(ahead))
        .filter(Column::Rang.lt(rang));
    Ok(u32::try_from(found.count(db).await?).unwrap_or(u32::MAX))
}

/// The sessions for which these accounts hold a place, among those that share time with this one: (account, session).
pub async fn held_at_the_same_time(
    db: &impl ConnectionTrait,
    session: &SessionFormationRow,
    comptes: &[i64],
    etats: &[EtatPreinscription],
) -> Result<Vec<(i64, i64)>, BackendError> {
    let meanwhile = Query::select()
        .column(sessions_formation::Column::Id)
        .from(sessions_formation::Entity)
        .and_where(sessions_formation::Column::Debut.lt(session.fin))
        .and_where(sessions_formation::Column::Fin.gt(session.debut))
        .to_owned();
    let found = Entity::find()
        .select_only()
        .columns([Column::CompteId, Column::SessionId])
        .filter(Column::CompteId.is_in(comptes.iter().copied()))
        .filter(Column::Etat.is_in(etats.iter().map(|etat| etat.code())))
        .filter(Column::SessionId.ne(session.id))
        .filter(Column::SessionId.in_subquery(meanwhile));
    Ok(found.into_tuple().all(db).await?)
}

/// How many places each collectivité holds in a session, through the agents that it presents.
pub async fn shares(db: &impl ConnectionTrait, session_id: i64) -> Result<HashMap<i64, u32>, BackendError> {
    let sql = "SELECT presentation.collectivite_id AS collectivite_id, count(*) AS n FROM preinscription \
               JOIN presentation ON presentation.compte_id = preinscription.compte_id \
               WHERE preinscription.session_id = $1 AND preinscription.etat IN ('Proposee', 'Retenue') \
               GROUP BY presentation.collectivite_id";
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, [session_id.into()]);
    let mut shares = HashMap::new();
    for row in db.query_all_raw(query).await? {
        let n = u32::try_from(row.try_get::<i64>("", "n")?).unwrap_or(u32::MAX);
        shares.insert(row.try_get("", "collectivite_id")?, n);
    }
    Ok(shares)
}

/// Marks the active rows of an account as suspended, or not any more. Its sessions are locked.
pub async fn set_suspended(db: &impl ConnectionTrait, compte_id: i64, suspended: bool) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::Suspendue, Expr::value(suspended))
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Etat.is_in(active()))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes the end that the mail of an offer says. `false` when the offer has moved, or its mail was handed over already.
pub async fn offer_said(db: &impl ConnectionTrait, row: &Model, end: Millis) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::OffreFin, Expr::value(end))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .filter(Column::OffreRemiseLe.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Notes that the mail of an offer was handed over: its time begins.
pub async fn offer_handed_over(
    db: &impl ConnectionTrait,
    id: i64,
    version: i64,
    now: Millis,
) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::OffreRemiseLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .filter(Column::Etat.eq(EtatPreinscription::Proposee.code()))
        .filter(Column::OffreRemiseLe.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// The offers whose time is over: (session, id).
pub async fn lapsed(db: &impl ConnectionTrait, now: Millis, limit: u64) -> Result<Vec<(i64, i64)>, BackendError> {
    let found = Entity::find()
        .select_only()
        .columns([Column::SessionId, Column::Id])
        .filter(Column::Etat.eq(EtatPreinscription::Proposee.code()))
        .filter(Column::OffreRemiseLe.is_not_null())
        .filter(Column::OffreFin.lte(now))
        .order_by_asc(Column::OffreFin)
        .order_by_asc(Column::Id)
        .limit(limit);
    Ok(found.into_tuple().all(db).await?)
}

/// The offers whose mail was given up, or had nothing to say any more: (session, id).
pub async fn undelivered(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<(i64, i64)>, BackendError> {
    let sql = "SELECT preinscription.session_id AS session_id, preinscription.id AS id FROM preinscription \
               JOIN courriel ON courriel.preinscription_id = preinscription.id \
               AND courriel.preinscription_version = preinscription.version AND courriel.genre = 'place_proposee' \
               WHERE preinscription.etat = 'Proposee' AND courriel.etat IN ('dead', 'moot') \
               ORDER BY preinscription.id LIMIT $1";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let query = Statement::from_sql_and_values(db.get_database_backend(), sql, [limit.into()]);
    let rows = db.query_all_raw(query).await?;
    rows.iter().map(|row| Ok((row.try_get("", "session_id")?, row.try_get("", "id")?))).collect()
}

/// The sessions that have a free place and somebody in their list, of those that are still to come.
pub async fn sessions_to_call(db: &impl ConnectionTrait, now: Millis) -> Result<Vec<i64>, BackendError> {
    use sessions_formation::Column as C;
    let found = sessions_formation::Entity::find()
        .select_only()
        .column(C::Id)
        .filter(C::Etat.eq(domain::formation::EtatSessionFormation::Publiee.code()))
        .filter(C::Debut.gt(now))
        .filter(C::Attente.gt(0))
        .filter(Expr::col(C::Occupees).lt(Expr::col(C::Places)))
        .order_by_asc(C::Id);
    Ok(found.into_tuple().all(db).await?)
}

/// The sessions that begin by `begin_before`, after `since`, and have rows that nobody decided.
pub async fn sessions_with_undecided(
    db: &impl ConnectionTrait,
    begin_before: Millis,
    since: Millis,
) -> Result<Vec<SessionFormationRow>, BackendError> {
    use sessions_formation::Column as C;
    let undecided = Condition::any().add(C::Avis.gt(0)).add(C::Examen.gt(0)).add(C::Attente.gt(0));
    let found = sessions_formation::Entity::find()
        .filter(C::Debut.lte(begin_before))
        .filter(C::Debut.gt(since))
        .filter(undecided)
        .order_by_asc(C::Id);
    Ok(found.all(db).await?)
}

/// The sessions that wait for an avis though nobody pre-registers any more.
pub async fn sessions_without_avis(
    db: &impl ConnectionTrait,
    closed_before: Millis,
) -> Result<Vec<SessionFormationRow>, BackendError> {
    use sessions_formation::Column as C;
    let found = sessions_formation::Entity::find()
        .filter(C::Avis.gt(0))
        .filter(C::Cloture.lte(closed_before))
        .order_by_asc(C::Id);
    Ok(found.all(db).await?)
}
