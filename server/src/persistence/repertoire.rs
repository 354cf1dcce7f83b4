//! The directory as the gestionnaires keep it, and files waiting to be written into it.

use domain::collectivite::{CleCollectivite, TypeCollectivite, fold};
use domain::ports::{EntreeRepertoire, Millis};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, Set};

use super::entities::collectivite::{ActiveModel, Column, Entity, Model};
use super::entities::import_repertoire;
use super::mots;
use crate::error::BackendError;

/// 1,000 rows of 11 values: within the 32,766 values a statement of SQLite takes.
const BATCH: usize = 1_000;

/// An entry to write, in the place of the one of the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fiche {
    pub cle: CleCollectivite,
    pub nom: String,
    pub siren: String,
    pub departement: String,
    /// With one space between.
    pub codes_postaux: String,
    pub population: i64,
}

impl Fiche {
    /// Whether an entry says the same, besides its name.
    pub fn same_but_name(&self, known: &EntreeRepertoire) -> bool {
        self.siren == known.siren
            && self.departement == known.departement
            && self.codes_postaux == known.codes_postaux
            && self.population == known.population
    }
}

pub fn value(row: Model) -> Result<EntreeRepertoire, BackendError> {
    let genre = TypeCollectivite::from_code(&row.genre)
        .ok_or(BackendError::Corrupt { table: "collectivite", column: "type" })?;
    Ok(EntreeRepertoire {
        id: row.id,
        cle: CleCollectivite { genre, code: row.code },
        nom: row.nom,
        anciens_noms: row.anciens_noms.lines().map(str::to_owned).collect(),
        siren: row.siren,
        departement: row.departement,
        codes_postaux: row.codes_postaux.trim().to_owned(),
        population: row.population,
        archivee_le: row.archivee_le,
    })
}

pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<EntreeRepertoire>, BackendError> {
    Entity::find_by_id(id).one(db).await?.map(value).transpose()
}

pub async fn by_key(
    db: &impl ConnectionTrait,
    cle: &CleCollectivite,
) -> Result<Option<EntreeRepertoire>, BackendError> {
    let row = Entity::find().filter(Column::Genre.eq(cle.genre.code())).filter(Column::Code.eq(&cle.code)).one(db);
    row.await?.map(value).transpose()
}

pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<EntreeRepertoire>, BackendError> {
    Entity::find().all(db).await?.into_iter().map(value).collect()
}

/// Writes entries, in few statements. Former names are kept beside: the caller gives them, newest first.
pub async fn put(db: &impl ConnectionTrait, fiches: Vec<(Fiche, Vec<String>)>) -> Result<(), BackendError> {
    let replaced = OnConflict::columns([Column::Genre, Column::Code])
        .update_columns([
            Column::Nom,
            Column::NomCle,
            Column::Siren,
            Column::Departement,
            Column::CodesPostaux,
            Column::Population,
            Column::CleRecherche,
            Column::AnciensNoms,
        ])
        .to_owned();
    let rows: Vec<ActiveModel> = fiches.into_iter().map(|(fiche, former)| row(fiche, &former)).collect();
    for batch in rows.chunks(BATCH) {
        Entity::insert_many(batch.iter().cloned()).on_conflict(replaced.clone()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What an entry is searched by: the words of its names, glued to their neighbours too, its numbers, and for a
/// département « cd31 ».
pub fn cle_recherche(cle: &CleCollectivite, nom: &str, former: &[&str], codes_postaux: &str, siren: &str) -> String {
    let mut words = Vec::new();
    for name in std::iter::once(&nom).chain(former) {
        let name = fold(name);
        words.extend(mots::glued(&name));
        words.insert(0, name);
    }
    if cle.genre == TypeCollectivite::Departement {
        words.push(format!("cd{}", fold(&cle.code)));
    }
    if cle.code != siren {
        words.push(fold(&cle.code));
    }
    format!(" {} {} {siren} ", words.join(" "), codes_postaux.trim())
}

fn row(fiche: Fiche, former: &[String]) -> ActiveModel {
    let names: Vec<&str> = former.iter().map(String::as_str).collect();
    let cle_recherche = cle_recherche(&fiche.cle, &fiche.nom, &names, &fiche.codes_postaux, &fiche.siren);
    ActiveModel {
        id: NotSet,
        cle_recherche: Set(cle_recherche),
        nom_cle: Set(fold(&fiche.nom)),
        genre: Set(fiche.cle.genre.code().to_owned()),
        code: Set(fiche.cle.code),
        nom: Set(fiche.nom),
        siren: Set(fiche.siren),
        departement: Set(fiche.departement),
        codes_postaux: Set(format!(" {} ", fiche.codes_postaux)),
        population: Set(fiche.population),
        archivee_le: Set(None),
        anciens_noms: Set(former.join("\n")),
    }
}

/// `false` when it was so already.
pub async fn archive(db: &impl ConnectionTrait, id: i64, at: Option<Millis>) -> Result<bool, BackendError> {
    let update = Entity::update_many().col_expr(Column::ArchiveeLe, Expr::value(at)).filter(Column::Id.eq(id));
    let update = match at {
        Some(_) => update.filter(Column::ArchiveeLe.is_null()),
        None => update.filter(Column::ArchiveeLe.is_not_null()),
    };
    Ok(update.exec(db).await?.rows_affected == 1)
}

pub async fn stage(db: &impl ConnectionTrait, file: import_repertoire::Model) -> Result<(), BackendError> {
    let import_repertoire::Model { id, gestionnaire_id, expire_le, windows, contenu } = file;
    let row = import_repertoire::ActiveModel {
        id: Set(id),
        gestionnaire_id: Set(gestionnaire_id),
        expire_le: Set(expire_le),
        windows: Set(windows),
        contenu: Set(contenu),
    };
    import_repertoire::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// A file that `gestionnaire_id` sent and that is not forgotten.
pub async fn staged(
    db: &impl ConnectionTrait,
    id: &str,
    gestionnaire_id: i64,
    now: Millis,
) -> Result<Option<import_repertoire::Model>, BackendError> {
    let found = import_repertoire::Entity::find_by_id(id)
        .filter(import_repertoire::Column::GestionnaireId.eq(gestionnaire_id))
        .filter(import_repertoire::Column::ExpireLe.gt(now));
    Ok(found.one(db).await?)
}

/// Takes a file away; `false` when someone was first.
pub async fn unstage(db: &impl ConnectionTrait, id: &str) -> Result<bool, BackendError> {
    Ok(import_repertoire::Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}

pub async fn purge(db: &impl ConnectionTrait, now: Millis) -> Result<(), BackendError> {
    let over = import_repertoire::Entity::delete_many().filter(import_repertoire::Column::ExpireLe.lte(now));
    over.exec(db).await?;
    Ok(())
}
