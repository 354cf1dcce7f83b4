//! Computes the stored folded keys again when the folding changes. Each transaction does a few hundred rows, after the
//! last row done. It writes a row only if its key differs and the names did not change meanwhile.

use domain::collectivite::{CleCollectivite, TypeCollectivite, fold};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set};

use super::engine::{Db, Write};
use super::{fiche, mots, presentations, reponses};
use crate::error::BackendError;
use crate::persistence::entities::{collectivite, compte, compte_mot, presentation, repliage};

/// The version of `fold` and of the keys made with it. Increase it when either changes.
const VERSION: i64 = 2;

/// Rows of one transaction.
pub const BATCH: u64 = 300;

/// A table with folded keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cible {
    Collectivite,
    Compte,
    Presentation,
}

impl Cible {
    pub const ALL: [Self; 3] = [Self::Collectivite, Self::Compte, Self::Presentation];

    fn code(self) -> &'static str {
        match self {
            Self::Collectivite => "collectivite",
            Self::Compte => "compte",
            Self::Presentation => "presentation",
        }
    }
}

/// Does the next rows of a table. `false` when no rows are left.
pub async fn step(db: &Db, cible: Cible) -> Result<bool, BackendError> {
    let known = repliage::Entity::find_by_id(cible.code()).one(db.connection()).await?;
    let known = known.filter(|known| known.version == VERSION);
    if known.as_ref().is_some_and(|known| known.fini) {
        return Ok(false);
    }
    let after = known.map_or(0, |known| known.apres);
    let write = db.begin().await?;
    let last = match cible {
        Cible::Collectivite => collectivites(&write, after).await?,
        Cible::Compte => comptes(&write, after).await?,
        Cible::Presentation => agents(&write, after).await?,
    };
    let row = repliage::ActiveModel {
        cible: Set(cible.code().to_owned()),
        version: Set(VERSION),
        apres: Set(last.unwrap_or(after)),
        fini: Set(last.is_none()),
    };
    let columns = [repliage::Column::Version, repliage::Column::Apres, repliage::Column::Fini];
    let replaced = OnConflict::column(repliage::Column::Cible).update_columns(columns).to_owned();
    repliage::Entity::insert(row).on_conflict(replaced).exec_without_returning(&*write).await?;
    write.commit().await?;
    Ok(last.is_some())
}

async fn collectivites(write: &Write, after: i64) -> Result<Option<i64>, BackendError> {
    use collectivite::{Column, Entity};
    let next = Entity::find().filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(BATCH);
    let rows = next.all(&**write).await?;
    for row in &rows {
        let genre = TypeCollectivite::from_code(&row.genre)
            .ok_or(BackendError::Corrupt { table: "collectivite", column: "type" })?;
        let cle = CleCollectivite { genre, code: row.code.clone() };
        let former: Vec<&str> = row.anciens_noms.lines().collect();
        let cle_recherche = fiche::cle_recherche(&cle, &row.nom, &former, &row.codes_postaux, &row.siren);
        let nom_cle = fold(&row.nom);
        if (&cle_recherche, &nom_cle) == (&row.cle_recherche, &row.nom_cle) {
            continue;
        }
        Entity::update_many()
            .col_expr(Column::CleRecherche, Expr::value(cle_recherche))
            .col_expr(Column::NomCle, Expr::value(nom_cle))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Nom.eq(&row.nom))
            .filter(Column::AnciensNoms.eq(&row.anciens_noms))
            .filter(Column::CodesPostaux.eq(&row.codes_postaux))
            .filter(Column::Siren.eq(&row.siren))
            .exec(&**write)
            .await?;
    }
    Ok(rows.last().map(|row| row.id))
}

async fn comptes(write: &Write, after: i64) -> Result<Option<i64>, BackendError> {
    use compte::{Column, Entity};
    let next = Entity::find().filter(Column::Id.gt(after)).order_by_asc(Column::Id).limit(BATCH);
    let rows = next.all(&**write).await?;
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return Ok(None) };
    let known = compte_mot::Entity::find().filter(compte_mot::Column::CompteId.between(first.id, last.id));
    let mut known: Vec<(i64, String)> =
        known.all(&**write).await?.into_iter().map(|word| (word.compte_id, word.mot)).collect();
    known.sort_unstable();
    for row in &rows {
        let nom_cle = reponses::nom_cle(&row.nom, &row.prenom, &row.nom_naissance);
        let words = known.iter().filter(|(id, _)| *id == row.id).map(|(_, word)| word);
        if nom_cle == row.nom_cle && words.eq(&mots::of_account(row)) {
            continue;
        }
        let changed = Entity::update_many()
            .col_expr(Column::NomCle, Expr::value(nom_cle))
            .filter(Column::Id.eq(row.id))
            .filter(Column::Nom.eq(&row.nom))
            .filter(Column::Prenom.eq(&row.prenom))
            .filter(Column::NomNaissance.eq(&row.nom_naissance))
            .exec(&**write)
            .await?;
        // If no row changed, the account was erased or corrected meanwhile: that request wrote its words.
        if changed.rows_affected == 1 {
            mots::replace(&**write, row).await?;
        }
    }
    Ok(Some(last.id))
}

async fn agents(write: &Write, after: i64) -> Result<Option<i64>, BackendError> {
    use presentation::{Column, Entity};
    let next = Entity::find().filter(Column::CompteId.gt(after)).order_by_asc(Column::CompteId).limit(BATCH);
    let rows = next.all(&**write).await?;
    for row in &rows {
        let nom_cle = presentations::nom_cle(&row.nom, &row.prenom);
        if nom_cle != row.nom_cle {
            Entity::update_many()
                .col_expr(Column::NomCle, Expr::value(nom_cle))
                .filter(Column::CompteId.eq(row.compte_id))
                .filter(Column::Nom.eq(&row.nom))
                .filter(Column::Prenom.eq(&row.prenom))
                .exec(&**write)
                .await?;
        }
    }
    Ok(rows.last().map(|row| row.compte_id))
}
