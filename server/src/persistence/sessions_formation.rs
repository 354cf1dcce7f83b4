//! Sessions of training with their séances. Their counters move in `preinscriptions`, under the lock of the row.

use std::collections::HashMap;

use domain::collectivite::fold;
use domain::formation::session_formation::end_of;
use domain::formation::{
    Attente, Attribution, CodeFormation, EtatSessionFormation, Fuseau, Heure, Liberation, Lieu, Modalite, Reperes,
    Seance, SessionFormation,
};
use domain::instant::{Millis, read_day};
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
    UpdateMany,
};

use super::engine::Db;
use crate::clock::Random;
use crate::error::BackendError;
use crate::persistence::entities::seance;
use crate::persistence::entities::session_formation::ActiveModel;
pub use crate::persistence::entities::session_formation::{Column, Entity, Model};
use crate::security::secrets::public_id;

const fn corrupt(column: &'static str) -> BackendError {
    BackendError::Corrupt { table: "session_formation", column }
}

const fn corrupt_seance(column: &'static str) -> BackendError {
    BackendError::Corrupt { table: "seance", column }
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?)
}

/// The sessions of these ids, by id.
pub async fn find_all(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Model>, BackendError> {
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// Reads the row and keeps others from changing it until the transaction ends. A statement of its own: what is asked
/// after it is answered from after the wait.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(db).await?)
}

pub async fn by_address(
    db: &impl ConnectionTrait,
    code: &CodeFormation,
    numero: i64,
) -> Result<Option<Model>, BackendError> {
    let found = Entity::find().filter(Column::Code.eq(code.as_str())).filter(Column::Numero.eq(numero));
    Ok(found.one(db).await?)
}

/// The séances of these sessions, each list in its order.
pub async fn seances_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<HashMap<i64, Vec<Seance>>, BackendError> {
    let mut found: HashMap<i64, Vec<Seance>> = HashMap::new();
    for row in rows_of(db, ids).await? {
        found.entry(row.session_id).or_default().push(seance(row)?);
    }
    Ok(found)
}

pub async fn seances(db: &impl ConnectionTrait, id: i64) -> Result<Vec<Seance>, BackendError> {
    Ok(seances_of(db, [id]).await?.remove(&id).unwrap_or_default())
}

async fn rows_of(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<seance::Model>, BackendError> {
    let found = seance::Entity::find()
        .filter(seance::Column::SessionId.is_in(ids))
        .order_by_asc(seance::Column::Jour)
        .order_by_asc(seance::Column::Debut)
        .order_by_asc(seance::Column::Id);
    Ok(found.all(db).await?)
}

fn seance(row: seance::Model) -> Result<Seance, BackendError> {
    let heure = |minutes: i64, column| u16::try_from(minutes).ok().and_then(Heure::of).ok_or(corrupt_seance(column));
    let lieu = match Modalite::from_code(&row.modalite) {
        Some(Modalite::Presentiel) => Lieu::Presentiel {
            lieu: row.lieu,
            voie: row.voie,
            complement: row.complement,
            code_postal: row.code_postal,
            commune: row.commune,
            salle: row.salle,
        },
        Some(Modalite::ADistance) => Lieu::ADistance { lien: row.lien },
        _ => return Err(corrupt_seance("modalite")),
    };
    Ok(Seance {
        jour: read_day(&row.jour).ok_or(corrupt_seance("jour"))?,
        debut: heure(row.debut, "debut")?,
        fin: heure(row.fin, "fin")?,
        fuseau: Fuseau::from_code(&row.fuseau).ok_or(corrupt_seance("fuseau"))?,
        lieu,
    })
}

/// The session of a row, with its séances.
pub fn value(row: &Model, seances: Vec<Seance>) -> Result<SessionFormation, BackendError> {
    Ok(SessionFormation {
        code: CodeFormation::read(&row.code).ok_or(corrupt("code"))?,
        intitule: row.intitule.clone(),
        objectifs: row.objectifs.clone(),
        public: row.public.clone(),
        prerequis: row.prerequis.clone(),
        accessibilite: row.accessibilite.clone(),
        delegation_id: row.delegation_id,
        places: count(row.places, "places")?,
        attribution: attribution(row)?,
        attente: attente(row)?,
        liberation: liberation(row)?,
        par_collectivite: row.par_collectivite.map(|most| count(most, "par_collectivite")).transpose()?,
        ouverture: row.ouverture_le,
        limite: read_day(&row.limite).ok_or(corrupt("limite"))?,
        seances,
    })
}

fn count(n: i64, column: &'static str) -> Result<u32, BackendError> {
    u32::try_from(n).map_err(|_| corrupt(column))
}

pub fn etat(row: &Model) -> Result<EtatSessionFormation, BackendError> {
    EtatSessionFormation::from_code(&row.etat).ok_or(corrupt("etat"))
}

pub fn attribution(row: &Model) -> Result<Attribution, BackendError> {
    Attribution::from_code(&row.attribution).ok_or(corrupt("attribution"))
}

pub fn liberation(row: &Model) -> Result<Liberation, BackendError> {
    Liberation::from_code(&row.liberation).ok_or(corrupt("liberation"))
}

pub fn attente(row: &Model) -> Result<Attente, BackendError> {
    let limit = row.attente_max.map(|most| count(most, "attente_max")).transpose()?;
    Ok(Attente::from_limit(limit))
}

/// What the phase of a session depends on.
pub fn reperes(row: &Model) -> Result<Reperes, BackendError> {
    Ok(Reperes {
        etat: etat(row)?,
        fermee_le: row.fermee_le,
        ouverture: row.ouverture_le.or(row.publiee_le).unwrap_or(Millis::MAX),
        cloture: row.cloture,
        debut: row.debut,
        fin: row.fin,
        places: count(row.places, "places")?,
        occupees: count(row.occupees, "occupees")?,
        en_attente: count(row.attente, "attente")?,
        attente: attente(row)?,
        attribution: attribution(row)?,
    })
}

/// Its address: `FF-ANIMER/003`.
pub fn address(row: &Model) -> String {
    format!("{}/{:03}", row.code, row.numero)
}

/// Adds a session as a draft, under the next number of its code. A unique violation: another one took the number.
pub async fn insert(
    db: &impl ConnectionTrait,
    session: &SessionFormation,
    random: &dyn Random,
) -> Result<Model, BackendError> {
    let row = draft(session, last_number(db, &session.code).await? + 1);
    let row = row.insert(db).await?;
    add_seances(db, row.id, &session.seances, random).await?;
    Ok(row)
}

/// The last number of a code, 0 without a session.
async fn last_number(db: &impl ConnectionTrait, code: &CodeFormation) -> Result<i64, BackendError> {
    let last = Entity::find()
        .select_only()
        .column_as(Column::Numero.max(), "numero")
        .filter(Column::Code.eq(code.as_str()))
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or(0))
}

/// The row of a draft with this number.
pub(super) fn draft(session: &SessionFormation, numero: i64) -> ActiveModel {
    ActiveModel {
        numero: Set(numero),
        etat: Set(EtatSessionFormation::Brouillon.code().to_owned()),
        version: Set(1),
        dernier_rang: Set(0),
        avis: Set(0),
        examen: Set(0),
        attente: Set(0),
        proposees: Set(0),
        occupees: Set(0),
        ..columns(session)
    }
}

/// Replaces the texts, the rules and the séances, if the row has this version and not more places are held than the new
/// number. Under another code, the session takes the next number of that code. A unique violation: another one took it.
pub async fn replace(
    db: &impl ConnectionTrait,
    row: &Model,
    session: &SessionFormation,
    random: &dyn Random,
) -> Result<bool, BackendError> {
    let mut changed = ActiveModel { version: Set(row.version + 1), ..columns(session) };
    if row.code != session.code.as_str() {
        changed.numero = Set(last_number(db, &session.code).await? + 1);
    }
    let update = Entity::update_many()
        .set(changed)
        .filter(Column::Id.eq(row.id))
        .filter(Column::Version.eq(row.version))
        .filter(Column::Occupees.lte(session.places));
    if update.exec(db).await?.rows_affected != 1 {
        return Ok(false);
    }
    if seances(db, row.id).await? != session.seances {
        replace_seances(db, row.id, &session.seances, random).await?;
    }
    Ok(true)
}

/// The columns that a person types, and those that follow from them.
pub(crate) fn columns(session: &SessionFormation) -> ActiveModel {
    let mut words = vec![session.intitule.clone(), session.code.as_str().to_owned()];
    words.extend(session.seances.iter().map(|seance| seance.lieu.court().to_owned()));
    ActiveModel {
        id: NotSet,
        code: Set(session.code.as_str().to_owned()),
        numero: NotSet,
        intitule: Set(session.intitule.clone()),
        objectifs: Set(session.objectifs.clone()),
        public: Set(session.public.clone()),
        prerequis: Set(session.prerequis.clone()),
        accessibilite: Set(session.accessibilite.clone()),
        delegation_id: Set(session.delegation_id),
        places: Set(session.places.into()),
        attribution: Set(session.attribution.code().to_owned()),
        attente_max: Set(session.attente.limit().map(i64::from)),
        liberation: Set(session.liberation.code().to_owned()),
        par_collectivite: Set(session.par_collectivite.map(i64::from)),
        ouverture_le: Set(session.ouverture),
        limite: Set(session.limite.to_string()),
        cloture: Set(end_of(session.limite)),
        debut: Set(session.commence()),
        fin: Set(session.finit()),
        modalite: Set(session.modalite().code().to_owned()),
        cle_recherche: Set(format!(" {}", fold(&words.join(" ")))),
        etat: NotSet,
        publiee_le: NotSet,
        fermee_le: NotSet,
        annulee_le: NotSet,
        version: NotSet,
        dernier_rang: NotSet,
        avis: NotSet,
        examen: NotSet,
        attente: NotSet,
        proposees: NotSet,
        occupees: NotSet,
    }
}

/// Writes the séances of a session in the place of the former ones. A séance that stays on its day keeps its identifier:
/// in an agenda it is the same event.
async fn replace_seances(
    db: &impl ConnectionTrait,
    id: i64,
    seances: &[Seance],
    random: &dyn Random,
) -> Result<(), BackendError> {
    let mut former = rows_of(db, [id]).await?;
    let mut rows = Vec::new();
    for seance in seances {
        let day = seance.jour.to_string();
        let kept = former.iter().position(|row| row.jour == day);
        let known = kept.map(|at| former.remove(at));
        let (uid, version) = known.map_or_else(|| (public_id(random), 1), |row| (row.uid, row.version + 1));
        rows.push(seance_row(id, seance, uid, version));
    }
    seance::Entity::delete_many().filter(seance::Column::SessionId.eq(id)).exec(db).await?;
    seance::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// The rows of new séances.
pub(crate) fn seance_rows(id: i64, seances: &[Seance], random: &dyn Random) -> Vec<seance::ActiveModel> {
    seances.iter().map(|seance| seance_row(id, seance, public_id(random), 1)).collect()
}

async fn add_seances(
    db: &impl ConnectionTrait,
    id: i64,
    seances: &[Seance],
    random: &dyn Random,
) -> Result<(), BackendError> {
    seance::Entity::insert_many(seance_rows(id, seances, random)).exec_without_returning(db).await?;
    Ok(())
}

pub(super) fn seance_row(id: i64, seance: &Seance, uid: String, version: i64) -> seance::ActiveModel {
    let (mut lieu, mut voie, mut complement) = (String::new(), String::new(), String::new());
    let (mut code_postal, mut commune, mut salle, mut lien) =
        (String::new(), String::new(), String::new(), String::new());
    match seance.lieu.clone() {
        Lieu::Presentiel {
            lieu: at,
            voie: street,
            complement: more,
            code_postal: code,
            commune: town,
            salle: room,
        } => {
            (lieu, voie, complement, code_postal, commune, salle) = (at, street, more, code, town, room);
        }
        Lieu::ADistance { lien: link } => lien = link,
    }
    seance::ActiveModel {
        id: NotSet,
        session_id: Set(id),
        uid: Set(uid),
        version: Set(version),
        jour: Set(seance.jour.to_string()),
        debut: Set(seance.debut.minutes().into()),
        fin: Set(seance.fin.minutes().into()),
        fuseau: Set(seance.fuseau.code().to_owned()),
        modalite: Set(seance.lieu.modalite().code().to_owned()),
        lieu: Set(lieu),
        voie: Set(voie),
        complement: Set(complement),
        code_postal: Set(code_postal),
        commune: Set(commune),
        salle: Set(salle),
        lien: Set(lien),
    }
}

/// Publishes a draft. `false` when it is none, or has moved.
pub async fn publish(db: &impl ConnectionTrait, id: i64, version: i64, now: Millis) -> Result<bool, BackendError> {
    let update = moved(id, version)
        .col_expr(Column::Etat, Expr::value(EtatSessionFormation::Publiee.code()))
        .col_expr(Column::PublieeLe, Expr::value(now))
        .filter(Column::Etat.eq(EtatSessionFormation::Brouillon.code()));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Closes the préinscriptions of a published session, or opens them again. `false` when it is none, or has moved.
pub async fn close(
    db: &impl ConnectionTrait,
    id: i64,
    version: i64,
    closed: Option<Millis>,
) -> Result<bool, BackendError> {
    let update = moved(id, version)
        .col_expr(Column::FermeeLe, Expr::value(closed))
        .filter(Column::Etat.eq(EtatSessionFormation::Publiee.code()));
    Ok(update.exec(db).await?.rows_affected == 1)
}

fn moved(id: i64, version: i64) -> UpdateMany<Entity> {
    Entity::update_many()
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
}

/// Forgets where the remote séances of sessions that ended before `ended` were joined.
pub async fn forget_links(db: &Db, ended: Millis) -> Result<(), BackendError> {
    let over = Query::select().column(Column::Id).from(Entity).and_where(Column::Fin.lt(ended)).to_owned();
    let write = db.begin().await?;
    seance::Entity::update_many()
        .col_expr(seance::Column::Lien, Expr::value(""))
        .filter(seance::Column::Lien.ne(""))
        .filter(seance::Column::SessionId.in_subquery(over))
        .exec(&*write)
        .await?;
    write.commit().await
}

/// The sessions that ended before `ended` and have places that somebody held.
pub async fn over_with_places(db: &impl ConnectionTrait, ended: Millis) -> Result<Vec<i64>, BackendError> {
    let found = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Fin.lt(ended))
        .filter(Column::Occupees.gt(0))
        .order_by_asc(Column::Id);
    Ok(found.into_tuple().all(db).await?)
}

/// The other sessions of this code that were published, in their order.
pub async fn others_of_code(db: &impl ConnectionTrait, row: &Model, since: Millis) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::Code.eq(&row.code))
        .filter(Column::Id.ne(row.id))
        .filter(Column::Etat.eq(EtatSessionFormation::Publiee.code()))
        .filter(Column::Debut.gte(since))
        .order_by_asc(Column::Debut)
        .order_by_asc(Column::Id)
        .limit(20);
    Ok(found.all(db).await?)
}
