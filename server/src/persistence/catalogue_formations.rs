//! The published sessions, as the catalogue lists them. No query counts rows.

use domain::collectivite::fold;
use domain::formation::catalogue::PAR_PAGE;
use domain::formation::{EtatSessionFormation, FiltreCatalogue};
use domain::instant::{Millis, at_hour};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::mots;
use super::sessions_formation::{Column, Entity, Model};
use crate::error::BackendError;

/// A page of the sessions under this filter, in the order of the catalogue. One more row than a page tells that another
/// page follows.
pub async fn list(
    db: &impl ConnectionTrait,
    filtre: &FiltreCatalogue,
    now: Millis,
) -> Result<Vec<Model>, BackendError> {
    let folded = fold(&filtre.recherche);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let since = match filtre.depuis {
        Some(day) => Column::Debut.gte(at_hour(day, 0)),
        None => Column::Fin.gt(now),
    };
    let asked = Condition::all()
        .add(Column::Etat.eq(EtatSessionFormation::Publiee.code()))
        .add(since)
        .add(mots::each_begins(Column::CleRecherche, &words))
        .add_option(filtre.modalite.map(|modalite| Column::Modalite.eq(modalite.code())))
        .add_option(filtre.delegation.map(|id| Column::DelegationId.eq(id)))
        .add_option(filtre.ouvertes.then(|| is_open(now)))
        // Both engines find the first row of the page by the index.
        .add_option(filtre.apres.map(|key| {
            let later = Column::Debut.gt(key.debut).or(Column::Id.gt(key.id));
            Column::Debut.gte(key.debut).and(later)
        }));
    let page = Entity::find().filter(asked).order_by_asc(Column::Debut).order_by_asc(Column::Id).limit(PAR_PAGE + 1);
    Ok(page.all(db).await?)
}

/// What [`domain::formation::Phase::is_open`] says of a published session.
fn is_open(now: Millis) -> Condition {
    let ouverture = Func::coalesce([Expr::col(Column::OuvertureLe), Expr::col(Column::PublieeLe)]);
    Condition::all()
        .add(Expr::expr(ouverture).lte(now))
        .add(Column::Cloture.gt(now))
        .add(Column::FermeeLe.is_null().or(Column::FermeeLe.gt(now)))
        .add(Column::Debut.gt(now))
        .add(Column::Fin.gt(now))
}
