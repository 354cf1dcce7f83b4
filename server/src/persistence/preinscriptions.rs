//! Préinscriptions, and the counters of the sessions that they move. Whoever writes here holds the lock of the session.

use std::collections::HashMap;

use domain::ReferencePreinscription;
use domain::formation::{Cause, EtatPreinscription, Origine, SiComplet};
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Set, Statement,
};

use super::engine::Db;
use super::sessions_formation::{self, Model as SessionFormationRow};
use crate::error::BackendError;
use crate::persistence::entities::preinscription::{ActiveModel, Entity};
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

/// A préinscription to write.
#[derive(Clone, Debug)]
pub struct Nouvelle {
    pub reference: ReferencePreinscription,
    pub session_id: i64,
    pub compte_id: i64,
    pub etat: EtatPreinscription,
    pub origine: Origine,
    pub si_complet: SiComplet,
    pub attentes: String,
    pub contact_referent: bool,
    pub raison: String,
}

/// Gives a préinscription its rang, and its place if it holds one. `None` when no place is left: nothing is written then.
pub async fn enter(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    new: Nouvelle,
    now: Millis,
) -> Result<Option<Model>, BackendError> {
    let mut variation = Variation { rang: 1, ..Variation::default() };
    variation.add(new.etat, 1);
    if !count(db, session, variation).await? {
        return Ok(None);
    }
    let row = ActiveModel {
        id: NotSet,
        reference: Set(new.reference.to_string()),
        session_id: Set(new.session_id),
        compte_id: Set(new.compte_id),
        rang: Set(session.dernier_rang),
        etat: Set(new.etat.code().to_owned()),
        version: Set(1),
        origine: Set(new.origine.code().to_owned()),
        si_complet: Set(new.si_complet.code().to_owned()),
        attentes: Set(new.attentes),
        contact_referent: Set(new.contact_referent),
        raison: Set(new.raison),
        observation: Set(String::new()),
        motif_id: Set(None),
        cause: Set(None),
        offre_fin: Set(None),
        offre_remise_le: Set(None),
        non_remise: Set(false),
        suspendue: Set(false),
        cree_le: Set(now),
        modifie_le: Set(now),
    };
    Ok(Some(Entity::insert(row).exec_with_returning(db).await?))
}

/// A change of state.
#[derive(Clone, Debug)]
pub struct Passage {
    pub vers: EtatPreinscription,
    pub cause: Option<Cause>,
    pub motif_id: Option<i64>,
    pub observation: String,
    /// The mail of its offer was refused for good.
    pub non_remise: bool,
}

impl Passage {
    pub fn to(vers: EtatPreinscription) -> Self {
        Self { vers, cause: None, motif_id: None, observation: String::new(), non_remise: false }
    }

    pub fn ending(cause: Cause) -> Self {
        Self { cause: Some(cause), ..Self::to(EtatPreinscription::Annulee) }
    }
}

/// How a change of state ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passe {
    Fait(Box<Model>),
    /// No place is left: nothing is written.
    PlusDePlace,
    /// The row has moved, or may not go there.
    Perimee,
}

/// Moves a row from its state to another, with the counters of its session.
pub async fn pass(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    row: &Model,
    passage: &Passage,
    now: Millis,
) -> Result<Passe, BackendError> {
    if !etat(row)?.may_become(passage.vers) {
        return Ok(Passe::Perimee);
    }
    moved(db, session, row, passage, now).await
}

/// Takes a decision back: the row returns to the state that it had.
pub async fn take_back(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    row: &Model,
    before: EtatPreinscription,
    now: Millis,
) -> Result<Passe, BackendError> {
    moved(db, session, row, &Passage::to(before), now).await
}

async fn moved(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    row: &Model,
    passage: &Passage,
    now: Millis,
) -> Result<Passe, BackendError> {
    let from = etat(row)?;
    let mut variation = Variation::default();
    variation.add(from, -1);
    variation.add(passage.vers, 1);
    if !count(db, session, variation).await? {
        return Ok(Passe::PlusDePlace);
    }
    let after = Model {
        etat: passage.vers.code().to_owned(),
        version: row.version + 1,
        cause: passage.cause.map(|cause| cause.code().to_owned()),
        motif_id: passage.motif_id,
        observation: passage.observation.clone(),
        offre_fin: None,
        offre_remise_le: None,
        non_remise: passage.non_remise,
        modifie_le: now,
        ..row.clone()
    };
    let update = Entity::update_many()
        .col_expr(Column::Etat, Expr::value(after.etat.clone()))
        .col_expr(Column::Version, Expr::value(after.version))
        .col_expr(Column::Cause, Expr::value(after.cause.clone()))
        .col_expr(Column::MotifId, Expr::value(after.motif_id))
        .col_expr(Column::Observation, Expr::value(after.observation.clone()))
        .col_expr(Column::OffreFin, Expr::value(None::<i64>))
        .col_expr(Column::OffreRemiseLe, Expr::value(None::<i64>))
        .col_expr(Column::NonRemise, Expr::value(after.non_remise))
        .col_expr(Column::ModifieLe, Expr::value(now))
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version));
    if update.exec(db).await?.rows_affected == 1 {
        return Ok(Passe::Fait(Box::new(after)));
    }
    // The counters go back: nobody else has moved them since, under this lock.
    count(db, session, variation.undone()).await?;
    Ok(Passe::Perimee)
}

/// How the counters of a session move.
#[derive(Clone, Copy, Debug, Default)]
struct Variation {
    rang: i64,
    avis: i64,
    examen: i64,
    attente: i64,
    proposees: i64,
    occupees: i64,
}

impl Variation {
    fn add(&mut self, etat: EtatPreinscription, n: i64) {
        match etat {
            EtatPreinscription::AvisDemande => self.avis += n,
            EtatPreinscription::Demandee => self.examen += n,
            EtatPreinscription::ListeAttente => self.attente += n,
            EtatPreinscription::Proposee => self.proposees += n,
            EtatPreinscription::Retenue | EtatPreinscription::Refusee | EtatPreinscription::Annulee => {}
        }
        if etat.holds_a_place() {
            self.occupees += n;
        }
    }

    fn undone(self) -> Self {
        Self {
            rang: -self.rang,
            avis: -self.avis,
            examen: -self.examen,
            attente: -self.attente,
            proposees: -self.proposees,
            occupees: -self.occupees,
        }
    }
}

/// Moves the counters, and `session` with them. `false` when a place was to be taken and none is left.
async fn count(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    by: Variation,
) -> Result<bool, BackendError> {
    use sessions_formation::Column as C;
    let mut update = sessions_formation::Entity::update_many().filter(C::Id.eq(session.id));
    for (column, n) in [
        (C::DernierRang, by.rang),
        (C::Avis, by.avis),
        (C::Examen, by.examen),
        (C::Attente, by.attente),
        (C::Proposees, by.proposees),
        (C::Occupees, by.occupees),
    ] {
        if n != 0 {
            update = update.col_expr(column, Expr::col(column).add(n));
        }
    }
    if by.occupees > 0 {
        update = update.filter(Expr::col(C::Occupees).lt(Expr::col(C::Places)));
    }
    if update.exec(db).await?.rows_affected != 1 {
        return Ok(false);
    }
    session.dernier_rang += by.rang;
    session.avis += by.avis;
    session.examen += by.examen;
    session.attente += by.attente;
    session.proposees += by.proposees;
    session.occupees += by.occupees;
    Ok(true)
}

/// The sessions whose counters are not those of their rows, by their address. There should be none.
pub async fn miscounted(db: &impl ConnectionTrait) -> Result<Vec<String>, BackendError> {
    let of = |etats: &str| {
        format!("(SELECT count(*) FROM preinscription p WHERE p.session_id = s.id AND p.etat IN ({etats}))")
    };
    let wrong = [
        ("avis", "'AvisDemande'"),
        ("examen", "'Demandee'"),
        ("attente", "'ListeAttente'"),
        ("proposees", "'Proposee'"),
        ("occupees", "'Proposee', 'Retenue'"),
    ];
    let wrong = wrong.map(|(counter, etats)| format!("s.{counter} <> {}", of(etats))).join(" OR ");
    let sql = format!("SELECT s.code, s.numero FROM session_formation s WHERE {wrong} ORDER BY s.id LIMIT 20");
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let said = |row: &sea_orm::QueryResult| -> Result<String, BackendError> {
        Ok(format!("{}/{:03}", row.try_get::<String>("", "code")?, row.try_get::<i64>("", "numero")?))
    };
    rows.iter().map(said).collect()
}

/// Takes the rows of an account that is being erased out of the counters of their session, and deletes them.
pub async fn delete_of_session(
    db: &impl ConnectionTrait,
    session: &mut SessionFormationRow,
    compte_id: i64,
) -> Result<(), BackendError> {
    if let Some(row) = active_for(db, session.id, compte_id).await? {
        let mut variation = Variation::default();
        variation.add(etat(&row)?, -1);
        count(db, session, variation).await?;
    }
    let mine = Entity::delete_many().filter(Column::SessionId.eq(session.id)).filter(Column::CompteId.eq(compte_id));
    mine.exec(db).await?;
    Ok(())
}

/// The sessions that ended before `ended`.
fn of_sessions_over(ended: Millis) -> SelectStatement {
    Query::select()
        .column(sessions_formation::Column::Id)
        .from(sessions_formation::Entity)
        .and_where(sessions_formation::Column::Fin.lt(ended))
        .to_owned()
}

/// Forgets who asked the référent handicap to call, of sessions that ended before `ended`.
pub async fn forget_contacts(db: &Db, ended: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::update_many()
        .col_expr(Column::ContactReferent, Expr::value(false))
        .filter(Column::ContactReferent.eq(true))
        .filter(Column::SessionId.in_subquery(of_sessions_over(ended)))
        .exec(&*write)
        .await?;
    write.commit().await
}

/// Forgets what was written in the préinscriptions of sessions that ended before `ended`.
pub async fn forget_texts(db: &Db, ended: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    let written =
        Condition::any().add(Column::Attentes.ne("")).add(Column::Observation.ne("")).add(Column::Raison.ne(""));
    Entity::update_many()
        .col_expr(Column::Attentes, Expr::value(""))
        .col_expr(Column::Observation, Expr::value(""))
        .col_expr(Column::Raison, Expr::value(""))
        .filter(written)
        .filter(Column::SessionId.in_subquery(of_sessions_over(ended)))
        .exec(&*write)
        .await?;
    write.commit().await
}

/// Deletes the préinscriptions that ended without a place, of sessions that ended before `ended`.
pub async fn delete_ended(db: &Db, ended: Millis) -> Result<(), BackendError> {
    let write = db.begin().await?;
    Entity::delete_many()
        .filter(
            Column::Etat
                .is_in([EtatPreinscription::Refusee, EtatPreinscription::Annulee].map(EtatPreinscription::code)),
        )
        .filter(Column::SessionId.in_subquery(of_sessions_over(ended)))
        .exec(&*write)
        .await?;
    write.commit().await
}

/// Deletes the retained préinscriptions of a locked session, and frees their places.
pub async fn delete_retained(db: &impl ConnectionTrait, session: &SessionFormationRow) -> Result<(), BackendError> {
    let retained = Entity::delete_many()
        .filter(Column::SessionId.eq(session.id))
        .filter(Column::Etat.eq(EtatPreinscription::Retenue.code()));
    let deleted = i64::try_from(retained.exec(db).await?.rows_affected).unwrap_or(0);
    count(db, &mut session.clone(), Variation { occupees: -deleted, ..Variation::default() }).await?;
    Ok(())
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
