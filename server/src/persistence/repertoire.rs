//! The directory as the gestionnaires edit it.

use std::collections::{BTreeMap, HashMap};

use app::areas::gestion::annuaire::EntreeRepertoire;
use domain::collectivite::{CleCollectivite, TypeCollectivite, fold};
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QuerySelect, Set};

use super::fiche::{Fiche, cle_recherche};
use crate::error::BackendError;
use crate::persistence::entities::collectivite::{ActiveModel, Column, Entity, Model};

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
