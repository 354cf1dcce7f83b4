//! The directory shipped with the product (INSEE/DGCL, Licence Ouverte 2.0), loaded on first start.

use domain::collectivite::{CleCollectivite, TypeCollectivite, fold};
use sea_orm::sea_query::OnConflict;
use sea_orm::{EntityTrait, NotSet, PaginatorTrait, Set};

use super::engine::Db;
use super::fiche::cle_recherche;
use crate::error::BackendError;
use crate::persistence::entities::collectivite::{ActiveModel, Column, Entity};

const SHIPPED: &[u8] = include_bytes!("../../data/collectivites.csv");

/// 1,000 rows of 10 values stay within the 32,766 values that one statement of SQLite takes.
const BATCH: usize = 1_000;

#[derive(serde::Deserialize)]
struct Line {
    #[serde(rename = "type")]
    genre: String,
    code: String,
    nom: String,
    siren: String,
    departement: String,
    codes_postaux: String,
    population: Option<i64>,
}

/// Loads the shipped entries, unless the directory already has some. If two servers start together, one of them loads.
/// `progress` receives the number of entries loaded so far. Returns how many entries were added.
///
/// # Errors
/// When the database refuses. Then nothing is loaded.
pub async fn load(db: &Db, mut progress: impl FnMut(usize) + Send) -> Result<usize, BackendError> {
    if Entity::find().count(db.connection()).await? > 0 {
        return Ok(0);
    }
    let write = db.begin_setup().await?;
    if Entity::find().count(&*write).await? > 0 {
        return Ok(0);
    }
    let rows = read()?;
    let mut loaded = 0;
    for batch in rows.chunks(BATCH) {
        Entity::insert_many(batch.iter().cloned())
            .on_conflict(OnConflict::columns([Column::Genre, Column::Code]).do_nothing().to_owned())
            .exec_without_returning(&*write)
            .await?;
        loaded += batch.len();
        progress(loaded);
    }
    write.commit().await?;
    Ok(loaded)
}

fn read() -> Result<Vec<ActiveModel>, BackendError> {
    csv::Reader::from_reader(SHIPPED)
        .deserialize::<Line>()
        .map(|line| line.ok().and_then(row))
        .collect::<Option<_>>()
        .ok_or(BackendError::Corrupt { table: "collectivites.csv", column: "line" })
}

fn row(line: Line) -> Option<ActiveModel> {
    let cle = CleCollectivite { genre: TypeCollectivite::from_code(&line.genre)?, code: line.code.clone() };
    Some(ActiveModel {
        id: NotSet,
        cle_recherche: Set(cle_recherche(&cle, &line.nom, &[], &line.codes_postaux, &line.siren)),
        nom_cle: Set(fold(&line.nom)),
        genre: Set(line.genre),
        code: Set(line.code),
        nom: Set(line.nom),
        siren: Set(line.siren),
        departement: Set(line.departement),
        codes_postaux: Set(format!(" {} ", line.codes_postaux)),
        population: Set(line.population.unwrap_or(0)),
        archivee_le: Set(None),
        anciens_noms: Set(String::new()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_line_is_read() {
        assert_eq!(read().unwrap().len(), 36_363);
    }
}
