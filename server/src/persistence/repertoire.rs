//! The directory as the gestionnaires edit it, and the files that wait to be imported.

use std::collections::{BTreeMap, HashMap};

use app::areas::gestion::annuaire::EntreeRepertoire;
use domain::collectivite::{CleCollectivite, TypeCollectivite, fold};
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, QuerySelect, Set,
};

use super::engine::Db;
use super::fiche::{Fiche, cle_recherche};
use super::{imports, pieces};
use crate::error::BackendError;
use crate::persistence::entities::collectivite::{ActiveModel, Column, Entity, Model};
use crate::persistence::entities::import_repertoire;

/// How many files the server keeps for one gestionnaire: the one they look at, and one more.
const STAGED_MAX: u64 = 2;

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

/// Reads an entry and keeps others from changing it until the transaction ends.
pub async fn find_locked(db: &impl ConnectionTrait, id: i64) -> Result<Option<EntreeRepertoire>, BackendError> {
    Entity::find_by_id(id).lock_exclusive().one(db).await?.map(value).transpose()
}

/// The entries of these keys.
pub async fn of_keys(
    db: &impl ConnectionTrait,
    cles: impl Iterator<Item = &CleCollectivite>,
) -> Result<HashMap<CleCollectivite, EntreeRepertoire>, BackendError> {
    let mut codes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for cle in cles {
        codes.entry(cle.genre.code()).or_default().push(&cle.code);
    }
    let mut found = HashMap::new();
    for (genre, codes) in codes {
        let rows = Entity::find().filter(Column::Genre.eq(genre)).filter(Column::Code.is_in(codes)).all(db).await?;
        for row in rows {
            let entry = value(row)?;
            found.insert(entry.cle.clone(), entry);
        }
    }
    Ok(found)
}

/// The entries of these SIREN, archived or not.
pub async fn of_sirens(
    db: &impl ConnectionTrait,
    sirens: impl Iterator<Item = &str>,
) -> Result<HashMap<String, EntreeRepertoire>, BackendError> {
    let sirens: Vec<&str> = sirens.filter(|siren| !siren.is_empty()).collect();
    if sirens.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(Column::Siren.is_in(sirens)).all(db).await?;
    rows.into_iter().map(|row| Ok((row.siren.clone(), value(row)?))).collect()
}

/// Adds an entry. `false` when its key is taken.
pub async fn add(db: &impl ConnectionTrait, fiche: Fiche) -> Result<bool, BackendError> {
    let known = OnConflict::columns([Column::Genre, Column::Code]).do_nothing().to_owned();
    Ok(Entity::insert(row(fiche)).on_conflict(known).exec_without_returning(db).await? == 1)
}

/// Changes only the name of a locked entry. `former` has its former names, the newest first.
pub async fn rename(
    db: &impl ConnectionTrait,
    known: &EntreeRepertoire,
    nom: &str,
    former: &[String],
) -> Result<(), BackendError> {
    let names: Vec<&str> = former.iter().map(String::as_str).collect();
    let cle_recherche = cle_recherche(&known.cle, nom, &names, &known.codes_postaux, &known.siren);
    Entity::update_many()
        .col_expr(Column::Nom, Expr::value(nom))
        .col_expr(Column::NomCle, Expr::value(fold(nom)))
        .col_expr(Column::CleRecherche, Expr::value(cle_recherche))
        .col_expr(Column::AnciensNoms, Expr::value(former.join("\n")))
        .filter(Column::Id.eq(known.id))
        .exec(db)
        .await?;
    Ok(())
}

fn row(fiche: Fiche) -> ActiveModel {
    let cle_recherche = cle_recherche(&fiche.cle, &fiche.nom, &[], &fiche.codes_postaux, &fiche.siren);
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
        anciens_noms: Set(String::new()),
    }
}

/// Archives an entry or brings it back. `false` when the entry was already so.
pub async fn archive(db: &impl ConnectionTrait, id: i64, at: Option<Millis>) -> Result<bool, BackendError> {
    let update = Entity::update_many().col_expr(Column::ArchiveeLe, Expr::value(at)).filter(Column::Id.eq(id));
    let update = match at {
        Some(_) => update.filter(Column::ArchiveeLe.is_null()),
        None => update.filter(Column::ArchiveeLe.is_not_null()),
    };
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Keeps a file. The oldest files of the same gestionnaire are deleted.
pub async fn stage(db: &impl ConnectionTrait, file: import_repertoire::Model) -> Result<(), BackendError> {
    use import_repertoire::Column as File;
    let kept = import_repertoire::Entity::find()
        .select_only()
        .column(File::Id)
        .filter(File::GestionnaireId.eq(file.gestionnaire_id))
        .order_by_desc(File::ExpireLe)
        .order_by_asc(File::Id)
        .limit(STAGED_MAX - 1);
    let kept: Vec<String> = kept.into_tuple().all(db).await?;
    let older = import_repertoire::Entity::delete_many().filter(File::GestionnaireId.eq(file.gestionnaire_id));
    older.filter(File::Id.is_not_in(kept)).exec(db).await?;
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

/// A file that `gestionnaire_id` sent and that has not expired.
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

/// Deletes a file. `false` when another request deleted it first.
pub async fn unstage(db: &impl ConnectionTrait, id: &str) -> Result<bool, BackendError> {
    Ok(import_repertoire::Entity::delete_by_id(id).exec(db).await?.rows_affected == 1)
}

pub async fn purge(db: &Db, now: Millis) -> Result<(), BackendError> {
    let over = Condition::all().add(import_repertoire::Column::ExpireLe.lte(now));
    pieces::all::<import_repertoire::Entity>(db, import_repertoire::Column::Id, over).await?;
    imports::purge(db, now).await
}
