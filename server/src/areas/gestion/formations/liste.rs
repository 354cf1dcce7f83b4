//! Pages of the list of sessions.

use domain::collectivite::fold;
use domain::formation::{EtatListe, EtatSessionFormation, FiltreFormations};
use domain::instant::{Millis, at_hour};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::error::BackendError;
use crate::persistence::sessions_formation::{Column, Entity, Model};

/// How many sessions a page shows.
pub const PAR_PAGE: u64 = 50;

/// The sessions of a page and the first one of the next page, by their first séance.
pub async fn page(
    db: &impl ConnectionTrait,
    filtre: &FiltreFormations,
    now: Millis,
) -> Result<Vec<Model>, BackendError> {
    let mut found = Entity::find();
    if let Some(etat) = filtre.etat {
        found = found.filter(condition(etat, now));
    }
    if filtre.hides_past() {
        found = found.filter(Column::Fin.gt(now));
    }
    if let Some(id) = filtre.delegation {
        found = found.filter(Column::DelegationId.eq(id));
    }
    if let Some(du) = filtre.du {
        found = found.filter(Column::Debut.gte(at_hour(du, 0)));
    }
    if let Some(after) = filtre.au.and_then(|au| au.next_day()) {
        found = found.filter(Column::Debut.lt(at_hour(after, 0)));
    }
    if filtre.a_traiter {
        found = found.filter(Column::Examen.gt(0));
    }
    // The key is folded: it has letters, digits and spaces, and so no sign that means something to LIKE.
    for word in fold(&filtre.recherche).split_whitespace() {
        found = found.filter(Column::CleRecherche.contains(format!(" {word}")));
    }
    if let Some(key) = filtre.apres {
        let later = Column::Debut.gt(key.debut);
        let same = Condition::all().add(Column::Debut.eq(key.debut)).add(Column::Id.gt(key.id));
        // The first condition alone bounds the index.
        found = found.filter(Column::Debut.gte(key.debut)).filter(Condition::any().add(later).add(same));
    }
    Ok(found.order_by_asc(Column::Debut).order_by_asc(Column::Id).limit(PAR_PAGE + 1).all(db).await?)
}

/// The sessions that stand there now, as `Reperes::phase` says.
fn condition(etat: EtatListe, now: Millis) -> Condition {
    let is = |etat: EtatSessionFormation| Condition::all().add(Column::Etat.eq(etat.code()));
    let published = is(EtatSessionFormation::Publiee);
    let before = published.clone().add(Column::Debut.gt(now));
    let closed = Condition::any().add(Column::Cloture.lte(now)).add(Column::FermeeLe.lte(now));
    // SQL knows neither true nor false of an instant that is absent.
    let open = before
        .clone()
        .add(Column::Cloture.gt(now))
        .add(Condition::any().add(Column::FermeeLe.is_null()).add(Column::FermeeLe.gt(now)));
    let opening = Func::coalesce([Expr::col(Column::OuvertureLe), Expr::col(Column::PublieeLe)]);
    match etat {
        EtatListe::Brouillon => is(EtatSessionFormation::Brouillon),
        EtatListe::Annulee => is(EtatSessionFormation::Annulee),
        EtatListe::AOuvrir => open.add(Expr::expr(opening).gt(now)),
        EtatListe::Ouverte => open.add(Expr::expr(opening).lte(now)),
        EtatListe::Close => before.add(closed),
        EtatListe::EnCours => published.add(Column::Debut.lte(now)).add(Column::Fin.gt(now)),
        EtatListe::Terminee => published.add(Column::Fin.lte(now)),
    }
}
