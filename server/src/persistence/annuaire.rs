//! The directory: an entry as it is shown, and its search.

use std::collections::{BTreeSet, HashMap};

use app::areas::gestion::annuaire::EntreeRepertoire;
use domain::collectivite::{CleCollectivite, Collectivite, TypeCollectivite, fold};
use domain::valeurs::{CodePostal, bare};
use sea_orm::sea_query::{CaseStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};

use super::lectures::lectures;
use super::mots;
use crate::error::BackendError;
use crate::persistence::entities::collectivite::{Column, Entity, Model};

/// How many entries a list of proposals shows.
pub const SHOWN_MAX: u64 = 20;

/// How many entries a page of the gestionnaires shows.
const KEPT_MAX: u64 = 50;

/// A text is cut at this length: no name is longer.
const TEXT_MAX: usize = 200;

pub fn value(row: &Model) -> Result<Collectivite, BackendError> {
    let genre = TypeCollectivite::from_code(&row.genre)
        .ok_or(BackendError::Corrupt { table: "collectivite", column: "type" })?;
    Ok(Collectivite {
        cle: CleCollectivite { genre, code: row.code.clone() },
        nom: row.nom.clone(),
        departement: row.departement.clone(),
        code_postal: row.codes_postaux.split_whitespace().next().unwrap_or_default().to_owned(),
    })
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Collectivite>, BackendError> {
    Entity::find_by_id(id).one(db).await?.as_ref().map(value).transpose()
}

/// Finds an entry, archived or not.
pub async fn by_key(db: &impl ConnectionTrait, cle: &CleCollectivite) -> Result<Option<Collectivite>, BackendError> {
    let found = Entity::find().filter(Column::Genre.eq(cle.genre.code())).filter(Column::Code.eq(&cle.code));
    found.one(db).await?.as_ref().map(value).transpose()
}

/// The lines shown for these entries, archived or not.
pub async fn names(
    db: &impl ConnectionTrait,
    ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, String>, BackendError> {
    let ids: BTreeSet<i64> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(db).await?;
    rows.iter().map(|row| Ok((row.id, value(row)?.line()))).collect()
}

pub async fn id_of(db: &impl ConnectionTrait, cle: &CleCollectivite) -> Result<Option<i64>, BackendError> {
    let row = alive().filter(Column::Genre.eq(cle.genre.code())).filter(Column::Code.eq(&cle.code)).one(db).await?;
    Ok(row.map(|row| row.id))
}

/// Finds entries, the largest first. Every word of `text` must begin a word of the name, a postal code, the code or the
/// SIREN. If nothing matches, the text is read in other ways: « Mairie de Toulouse », « Paris 15 ».
pub async fn search(db: &impl ConnectionTrait, text: &str) -> Result<Vec<Collectivite>, BackendError> {
    values(searched(db, text, alive, SHOWN_MAX).await?)
}

/// The same search for gestionnaires: it finds archived entries too.
pub async fn search_all(db: &impl ConnectionTrait, text: &str) -> Result<Vec<EntreeRepertoire>, BackendError> {
    searched(db, text, Entity::find, KEPT_MAX).await?.into_iter().map(super::repertoire::value).collect()
}

async fn searched(
    db: &impl ConnectionTrait,
    text: &str,
    among: impl Fn() -> Select<Entity>,
    limit: u64,
) -> Result<Vec<Model>, BackendError> {
    for lecture in lectures(&fold(cut(text))) {
        let words: Vec<&str> = lecture.mots.iter().map(String::as_str).collect();
        let mut found = among().filter(mots::each_begins(Column::CleRecherche, &words));
        if let Some(genre) = lecture.genre {
            found = found.filter(Column::Genre.eq(genre.code()));
        }
        let rows = larger_first(found).limit(limit).all(db).await?;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

pub async fn generic(db: &impl ConnectionTrait) -> Result<Vec<Collectivite>, BackendError> {
    let generic = alive().filter(Column::Genre.eq(TypeCollectivite::GeneriqueIntervenants.code()));
    values(generic.order_by_asc(Column::Nom).all(db).await?)
}

/// Finds the entries that a complete text names: by its key, by the line shown, or by the name.
pub async fn named(db: &impl ConnectionTrait, text: &str) -> Result<Vec<Collectivite>, BackendError> {
    let text = cut(text);
    if let Some(cle) = CleCollectivite::parse(text) {
        let row = alive().filter(Column::Genre.eq(cle.genre.code())).filter(Column::Code.eq(cle.code)).one(db).await?;
        return values(row.into_iter().collect());
    }
    let folded = fold(text);
    // The line shown is the name, then a part between parentheses that tells it from others of the same name.
    let name = fold(text.rsplit_once('(').map_or(text, |(name, _)| name));
    let same_name = alive().filter(Column::NomCle.is_in([folded.as_str(), name.as_str()]));
    let same_name = values(larger_first(same_name).all(db).await?)?;
    if let Some(exact) = same_name.iter().find(|found| fold(&found.line()) == folded) {
        return Ok(vec![exact.clone()]);
    }
    Ok(same_name.into_iter().filter(|found| fold(&found.nom) == folded).take(SHOWN_MAX as usize).collect())
}

/// The names of the communes of a postal code, in order.
pub async fn communes(db: &impl ConnectionTrait, code_postal: &str) -> Result<Vec<String>, BackendError> {
    if !CodePostal::is_french(code_postal) {
        return Ok(Vec::new());
    }
    let code_postal: String = code_postal.chars().filter(char::is_ascii_digit).collect();
    let communes = alive()
        .filter(Column::Genre.eq(TypeCollectivite::Commune.code()))
        .filter(Column::CodesPostaux.like(format!("% {code_postal} %")))
        .order_by_asc(Column::NomCle)
        .all(db)
        .await?;
    Ok(communes.into_iter().map(|commune| commune.nom).collect())
}

fn alive() -> Select<Entity> {
    Entity::find().filter(Column::ArchiveeLe.is_null())
}

/// Generic employers have no population: they come first.
fn larger_first(select: Select<Entity>) -> Select<Entity> {
    let generic = Column::Genre.eq(TypeCollectivite::GeneriqueIntervenants.code());
    select
        .order_by(SimpleExpr::Case(Box::new(CaseStatement::new().case(generic, 0).finally(1))), Order::Asc)
        .order_by_desc(Column::Population)
        .order_by_asc(Column::NomCle)
        .order_by_asc(Column::Id)
}

fn values(rows: Vec<Model>) -> Result<Vec<Collectivite>, BackendError> {
    rows.iter().map(value).collect()
}

/// Trims and shortens the text. It ends at the first NUL: PostgreSQL refuses a NUL, and no name has one.
fn cut(text: &str) -> &str {
    let text = bare(text.split('\0').next().unwrap_or_default());
    text.char_indices().nth(TEXT_MAX).map_or(text, |(at, _)| &text[..at])
}
