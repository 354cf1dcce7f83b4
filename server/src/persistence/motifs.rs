//! The library of motifs. A row is one wording. The rows of a `famille` are the wordings of one motif; only the current
//! wording is not replaced.

use std::collections::HashMap;

use app::areas::gestion::dossiers::Motif;
use app::areas::gestion::motifs::MotifSaisi;
use domain::instant::Millis;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, NotSet, QueryFilter, QueryOrder, Set, Statement,
};

use crate::error::BackendError;
use crate::persistence::entities::motif::{ActiveModel, Column, Entity, Model};

pub async fn active(db: &impl ConnectionTrait) -> Result<Vec<Motif>, BackendError> {
    let rows = Entity::find().filter(Column::Actif.eq(true)).order_by_asc(Column::Famille).all(db).await?;
    Ok(rows.into_iter().map(value).collect())
}

pub async fn find_active(db: &impl ConnectionTrait, id: i64) -> Result<Option<Motif>, BackendError> {
    Ok(Entity::find_by_id(id).filter(Column::Actif.eq(true)).one(db).await?.map(value))
}

/// Finds a wording, even if it may not be chosen any more: a past refusal keeps its wording.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Motif>, BackendError> {
    Ok(Entity::find_by_id(id).one(db).await?.map(value))
}

/// The current wording of each motif, in the order of the library.
pub async fn current(db: &impl ConnectionTrait) -> Result<Vec<Model>, BackendError> {
    Ok(Entity::find().filter(Column::RemplaceLe.is_null()).order_by_asc(Column::Famille).all(db).await?)
}

pub async fn find_current(db: &impl ConnectionTrait, id: i64) -> Result<Option<Model>, BackendError> {
    Ok(Entity::find_by_id(id).filter(Column::RemplaceLe.is_null()).one(db).await?)
}

/// How many refusals used each famille, in all and since `since`.
pub async fn uses(db: &impl ConnectionTrait, since: Millis) -> Result<HashMap<i64, (u64, u64)>, BackendError> {
    let sql = "SELECT motif.famille AS famille, count(*) AS n, \
               CAST(sum(CASE WHEN compte.decidee_le >= $1 THEN 1 ELSE 0 END) AS bigint) AS recentes \
               FROM compte JOIN motif ON motif.id = compte.motif_id GROUP BY motif.famille";
    let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [since.into()])).await?;
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    let mut uses = HashMap::new();
    for row in rows {
        let counts = (count(row.try_get("", "n")?), count(row.try_get("", "recentes")?));
        uses.insert(row.try_get::<i64>("", "famille")?, counts);
    }
    Ok(uses)
}

/// Replaces a wording, or adds the first wording of a new motif. `None` when the former wording was replaced meanwhile.
pub async fn put(
    db: &impl ConnectionTrait,
    replaces: Option<i64>,
    saisi: &MotifSaisi,
    now: Millis,
) -> Result<Option<i64>, BackendError> {
    let before = match replaces {
        Some(id) => match find_current(db, id).await? {
            Some(before) => Some(before),
            None => return Ok(None),
        },
        None => None,
    };
    if let Some(before) = &before {
        let replaced = Entity::update_many()
            .col_expr(Column::RemplaceLe, Expr::value(now))
            .col_expr(Column::Actif, Expr::value(false))
            .filter(Column::Id.eq(before.id))
            .filter(Column::RemplaceLe.is_null());
        if replaced.exec(db).await?.rows_affected != 1 {
            return Ok(None);
        }
    }
    let row = ActiveModel {
        id: NotSet,
        libelle: Set(saisi.libelle.clone()),
        texte: Set(saisi.texte.clone()),
        actif: Set(before.as_ref().is_none_or(|before| before.actif)),
        famille: Set(before.as_ref().map_or(0, |before| before.famille)),
        remplace_le: Set(None),
    };
    let row = row.insert(db).await?;
    if before.is_none() {
        let own = Entity::update_many().col_expr(Column::Famille, Expr::value(row.id)).filter(Column::Id.eq(row.id));
        own.exec(db).await?;
    }
    Ok(Some(row.id))
}

/// Sets whether a current wording may be chosen. `false` when there is no such wording.
pub async fn set_active(db: &impl ConnectionTrait, id: i64, actif: bool) -> Result<bool, BackendError> {
    let update = Entity::update_many()
        .col_expr(Column::Actif, Expr::value(actif))
        .filter(Column::Id.eq(id))
        .filter(Column::RemplaceLe.is_null());
    Ok(update.exec(db).await?.rows_affected == 1)
}

fn value(row: Model) -> Motif {
    Motif { id: row.id, libelle: row.libelle, texte: row.texte }
}
