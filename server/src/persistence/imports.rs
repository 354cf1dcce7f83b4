//! The lines of an import of the directory. They are compared, then stored apart, until one transaction writes them
//! all.

use app::areas::gestion::annuaire::EntreeRepertoire;
use domain::collectivite::fold;
use domain::instant::Millis;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set, Statement,
};

use super::engine::Db;
use super::fiche::{Fiche, cle_recherche};
use crate::error::BackendError;
use crate::persistence::entities::{collectivite, import_fiche};

/// How many rows one transaction deletes.
const PIECE: u64 = 2_000;

/// A line to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparee {
    pub ligne: u64,
    pub fiche: Fiche,
    /// The newest name first.
    pub anciens_noms: Vec<String>,
    /// The entry that the line was compared with. `None` when no entry has the line's key.
    pub avant: Option<EntreeRepertoire>,
}

/// Stores prepared lines, in one transaction.
pub async fn add(db: &Db, lot: &str, expire_le: Millis, rows: Vec<Preparee>) -> Result<(), BackendError> {
    if rows.is_empty() {
        return Ok(());
    }
    let write = db.begin().await?;
    let rows = rows.into_iter().map(|row| active(lot, expire_le, row));
    import_fiche::Entity::insert_many(rows).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(())
}

fn active(lot: &str, expire_le: Millis, row: Preparee) -> import_fiche::ActiveModel {
    let Preparee { ligne, fiche, anciens_noms, avant } = row;
    let names: Vec<&str> = anciens_noms.iter().map(String::as_str).collect();
    let cle_recherche = cle_recherche(&fiche.cle, &fiche.nom, &names, &fiche.codes_postaux, &fiche.siren);
    let of = |field: fn(&EntreeRepertoire) -> String| avant.as_ref().map(field).unwrap_or_default();
    import_fiche::ActiveModel {
        lot: Set(lot.to_owned()),
        ligne: Set(i64::try_from(ligne).unwrap_or(i64::MAX)),
        expire_le: Set(expire_le),
        collectivite_id: Set(avant.as_ref().map(|avant| avant.id)),
        avant_nom: Set(of(|avant| avant.nom.clone())),
        avant_siren: Set(of(|avant| avant.siren.clone())),
        avant_departement: Set(of(|avant| avant.departement.clone())),
        avant_codes_postaux: Set(of(|avant| format!(" {} ", avant.codes_postaux))),
        avant_population: Set(avant.as_ref().map_or(0, |avant| avant.population)),
        genre: Set(fiche.cle.genre.code().to_owned()),
        code: Set(fiche.cle.code),
        nom_cle: Set(fold(&fiche.nom)),
        nom: Set(fiche.nom),
        siren: Set(fiche.siren),
        departement: Set(fiche.departement),
        codes_postaux: Set(format!(" {} ", fiche.codes_postaux)),
        population: Set(fiche.population),
        cle_recherche: Set(cle_recherche),
        anciens_noms: Set(anciens_noms.join("\n")),
    }
}

/// Changes an entry only if it is still as it was when its line was compared.
const CHANGE: &str = "UPDATE collectivite SET nom = f.nom, nom_cle = f.nom_cle, siren = f.siren, \
     departement = f.departement, codes_postaux = f.codes_postaux, population = f.population, \
     cle_recherche = f.cle_recherche, anciens_noms = f.anciens_noms FROM import_fiche f \
     WHERE f.lot = $1 AND f.collectivite_id = collectivite.id AND collectivite.nom = f.avant_nom \
     AND collectivite.siren = f.avant_siren AND collectivite.departement = f.avant_departement \
     AND collectivite.codes_postaux = f.avant_codes_postaux AND collectivite.population = f.avant_population";

const ADD: &str = "INSERT INTO collectivite (type, code, nom, nom_cle, siren, departement, codes_postaux, population, \
     cle_recherche, archivee_le, anciens_noms) SELECT type, code, nom, nom_cle, siren, departement, codes_postaux, \
     population, cle_recherche, CAST(NULL AS bigint), anciens_noms FROM import_fiche \
     WHERE lot = $1 AND collectivite_id IS NULL ORDER BY type, code ON CONFLICT (type, code) DO NOTHING";

/// Writes the lines of a lot into the directory. Returns how many entries changed and how many were added.
pub async fn switch(db: &impl ConnectionTrait, lot: &str) -> Result<(u64, u64), BackendError> {
    let changed = import_fiche::Entity::find()
        .select_only()
        .column(import_fiche::Column::CollectiviteId)
        .filter(import_fiche::Column::Lot.eq(lot))
        .filter(import_fiche::Column::CollectiviteId.is_not_null())
        .into_query();
    // Locks the entries in the order of their ids, so two imports at once cannot block each other.
    let locked = collectivite::Entity::find()
        .select_only()
        .column(collectivite::Column::Id)
        .filter(collectivite::Column::Id.in_subquery(changed))
        .order_by_asc(collectivite::Column::Id)
        .lock_exclusive();
    locked.into_tuple::<i64>().all(db).await?;
    let run = |sql| db.execute_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [lot.into()]));
    Ok((run(CHANGE).await?.rows_affected(), run(ADD).await?.rows_affected()))
}

/// Deletes the stored lines of a lot.
pub async fn clear(db: &Db, lot: &str) -> Result<(), BackendError> {
    use import_fiche::{Column, Entity};
    let of_lot = || Entity::find().filter(Column::Lot.eq(lot));
    loop {
        let last = of_lot().select_only().column(Column::Ligne).order_by_asc(Column::Ligne).offset(PIECE - 1).limit(1);
        let last: Option<i64> = last.into_tuple().one(db.connection()).await?;
        let write = db.begin().await?;
        let piece = Entity::delete_many().filter(Column::Lot.eq(lot));
        let piece = piece.filter(Column::Ligne.lte(last.unwrap_or(i64::MAX)));
        piece.exec(&*write).await?;
        write.commit().await?;
        if last.is_none() {
            return Ok(());
        }
    }
}

/// Deletes the expired lots: a server stopped before it used them.
pub async fn purge(db: &Db, now: Millis) -> Result<(), BackendError> {
    use import_fiche::{Column, Entity};
    loop {
        let lot = Entity::find().select_only().column(Column::Lot).filter(Column::ExpireLe.lte(now)).limit(1);
        let Some(lot) = lot.into_tuple::<String>().one(db.connection()).await? else { return Ok(()) };
        clear(db, &lot).await?;
    }
}
