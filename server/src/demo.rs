//! Thousands of invented accounts and sessions of training, to try and measure the queue and the catalogue. Their addresses are in a domain that cannot exist (RFC
//! 2606), which distinguishes them from real ones.

mod formations;
mod personnes;

use domain::Reference;
use domain::compte::Statut;
use domain::instant::Millis;
pub use formations::fill_formations;
use personnes::{DOMAINE, Tirage, compte};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter, QueryOrder, Set};

use crate::clock::{DAY, HOUR, Random};
use crate::error::BackendError;
use crate::persistence::courriels::{Etat, Genre};
use crate::persistence::engine::Db;
use crate::persistence::entities::{collectivite, compte as table, compte_mot, courriel, jeton};
use crate::persistence::{mots, mouvements};
use crate::security::secrets::public_id;
use crate::security::tokens::{SecretKey, Usage};

/// How many rows one statement inserts: each value is a parameter, and SQLite takes 32,766 of them.
const BATCH: u64 = 500;

/// How many statements one transaction has: each commit waits for the disk.
const STATEMENTS: u64 = 10;

/// The step from one reference to the next. It is odd, so all 2^40 references come before one comes again.
const STRIDE: u64 = 0x9E_3779_B97F;

/// The counters of the queue are folded after this many accounts.
const FOLDED_EVERY: u64 = 50_000;

/// Whether the database has an account that is not invented.
///
/// # Errors
/// When the database does not answer.
pub async fn holds_real_accounts(db: &impl ConnectionTrait) -> Result<bool, BackendError> {
    let real = table::Entity::find().filter(table::Column::CourrielCle.not_like(format!("%{DOMAINE}")));
    Ok(real.one(db).await?.is_some())
}

/// Adds `count` accounts, in every state. `progress` receives how many were added so far. `key` makes their links.
///
/// # Errors
/// When the database does not answer. The accounts added so far stay.
pub async fn fill(
    db: &Db,
    random: &dyn Random,
    key: &SecretKey,
    now: Millis,
    count: u64,
    mut progress: impl FnMut(u64),
) -> Result<(), BackendError> {
    let employers = Employeurs::read(db.connection()).await?;
    // References chosen at random would collide: among a million of them, two would often be the same.
    let first = random.u64();
    let mut done = 0;
    while done < count {
        let write = db.begin().await?;
        for _ in 0..STATEMENTS {
            let size = BATCH.min(count - done);
            if size == 0 {
                break;
            }
            let before = newest(&*write).await?;
            let rows = (done..done + size).map(|at| {
                let tirage = Tirage::new(random, now);
                let employer = employers.of(&tirage);
                compte(tirage, Reference::new(first.wrapping_add(at.wrapping_mul(STRIDE))), employer)
            });
            table::Entity::insert_many(rows).exec_without_returning(&*write).await?;
            let added = table::Entity::find().filter(table::Column::Id.gt(before)).order_by_asc(table::Column::Id);
            beside(&*write, random, key, now, &added.all(&*write).await?).await?;
            done += size;
        }
        write.commit().await?;
        progress(done);
        if done.is_multiple_of(FOLDED_EVERY) || done == count {
            mouvements::fold(db).await?;
        }
    }
    Ok(())
}

async fn newest(db: &impl ConnectionTrait) -> Result<i64, BackendError> {
    let newest = table::Entity::find().order_by_desc(table::Column::Id).one(db).await?;
    Ok(newest.map_or(0, |row| row.id))
}

/// Adds the search words, the unopened links, and one mail for each account. One mail in a hundred did not arrive.
async fn beside(
    db: &impl ConnectionTrait,
    random: &dyn Random,
    key: &SecretKey,
    now: Millis,
    rows: &[table::Model],
) -> Result<(), BackendError> {
    let words = rows.iter().flat_map(|row| {
        let word = |mot| compte_mot::ActiveModel { mot: Set(mot), compte_id: Set(row.id) };
        mots::of_account(row).into_iter().map(word)
    });
    compte_mot::Entity::insert_many(words).exec_without_returning(db).await?;
    let waits = |row: &table::Model| row.statut == Statut::EnAttenteActivation.code();
    let links: Vec<jeton::ActiveModel> =
        rows.iter().filter(|row| waits(row)).map(|row| link(random, key, row)).collect();
    if !links.is_empty() {
        jeton::Entity::insert_many(links).exec_without_returning(db).await?;
    }
    let mails: Vec<courriel::ActiveModel> = rows
        .iter()
        .filter_map(|row| {
            let lost = random.u64().is_multiple_of(100);
            let genre = if waits(row) { Genre::Activation } else { Genre::Recu };
            let at = row.activee_le.unwrap_or(row.envoyee_le);
            (at > now - MAILS_KEPT).then(|| courriel::ActiveModel {
                id: NotSet,
                genre: Set(genre.code().to_owned()),
                compte_id: Set(Some(row.id)),
                gestionnaire_id: Set(None),
                jeton_id: Set(None),
                destinataire_cle: Set(key.hide(&row.courriel_cle).as_str().to_owned()),
                cree_le: Set(at),
                prochain_envoi_le: Set(at),
                verrouille_jusqu: Set(None),
                envois: Set(if lost { 12 } else { 1 }),
                etat: Set(if lost { Etat::Dead } else { Etat::Sent }.code().to_owned()),
                derniere_erreur: Set(lost.then(|| "550 5.1.1 adresse inconnue".to_owned())),
                envoye_le: Set((!lost).then_some(at + 2 * HOUR / 60)),
                message_id: Set(format!("{}{DOMAINE}", public_id(random))),
                retenu: Set(false),
                preinscription_id: Set(None),
                preinscription_version: Set(None),
            })
        })
        .collect();
    if !mails.is_empty() {
        courriel::Entity::insert_many(mails).exec_without_returning(db).await?;
    }
    Ok(())
}

/// An activation link that was handed over with its mail.
fn link(random: &dyn Random, key: &SecretKey, row: &table::Model) -> jeton::ActiveModel {
    jeton::ActiveModel {
        id: Set(public_id(random)),
        usage: Set(Usage::Activation.code().to_owned()),
        sujet_id: Set(row.id),
        kid: Set(key.kid().to_owned()),
        cree_le: Set(row.envoyee_le),
        premier_envoi_le: Set(Some(row.envoyee_le)),
        utilise_le: Set(None),
        revoque_le: Set(None),
    }
}

/// The employers: the generic one, and a few hundred collectivités.
struct Employeurs {
    generique: i64,
    ordinaires: Vec<i64>,
}

impl Employeurs {
    async fn read(db: &impl ConnectionTrait) -> Result<Self, BackendError> {
        const GENERIC: &str = "GENERIQUE_INTERVENANTS";
        let generic = collectivite::Entity::find().filter(collectivite::Column::Genre.eq(GENERIC)).one(db).await?;
        let ordinary = collectivite::Entity::find()
            .filter(collectivite::Column::Genre.ne(GENERIC))
            .order_by_desc(collectivite::Column::Population)
            .paginate(db, 400)
            .fetch()
            .await?;
        let generique = generic.ok_or(BackendError::Corrupt { table: "collectivite", column: "type" })?.id;
        Ok(Self { generique, ordinaires: ordinary.into_iter().map(|row| row.id).collect() })
    }

    fn of(&self, tirage: &Tirage) -> i64 {
        match tirage.cas {
            domain::Cas::ServiceRh if !self.ordinaires.is_empty() => {
                self.ordinaires[usize::try_from(tirage.graine >> 20).unwrap_or(0) % self.ordinaires.len()]
            }
            _ => self.generique,
        }
    }
}

/// Mails older than this are not invented: a real service does not keep them.
const MAILS_KEPT: Millis = 90 * DAY;
