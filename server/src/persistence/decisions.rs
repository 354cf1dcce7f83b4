//! Decisions: taken, held, applied or cancelled.

use app::areas::gestion::dossiers::Verdict;
use domain::correction::Remarque;
use domain::instant::Millis;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, ConnectionTrait, EntityTrait, NotSet, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Set, UpdateMany,
};

use crate::clock::CLOCKS_APART;
use crate::error::BackendError;
pub use crate::persistence::entities::decision::Model;
use crate::persistence::entities::decision::{ActiveModel, Column, Entity};

/// A decision to take.
#[derive(Clone, Debug)]
pub struct Nouvelle {
    pub compte_id: i64,
    pub version: i64,
    pub verdict: Verdict,
    pub motif_id: Option<i64>,
    pub message: String,
    pub remarques: Vec<Remarque>,
    pub lot: Option<String>,
    pub par: i64,
    pub effet_le: Millis,
}

/// The applied or cancelled decisions of an account, newest first. A held decision is left out: nobody may learn it
/// yet.
pub async fn ended_of_account(db: &impl ConnectionTrait, compte_id: i64) -> Result<Vec<Model>, BackendError> {
    let ended = Condition::any().add(Column::AppliqueeLe.is_not_null()).add(Column::AnnuleeLe.is_not_null());
    let rows = Entity::find().filter(Column::CompteId.eq(compte_id)).filter(ended).order_by_desc(Column::Id);
    Ok(rows.all(db).await?)
}

pub async fn take(db: &impl ConnectionTrait, decision: Nouvelle, now: Millis) -> Result<Model, BackendError> {
    let remarques = match decision.remarques.as_slice() {
        [] => String::new(),
        remarques => serde_json::to_string(remarques).map_err(|_| CORRUPT)?,
    };
    let row = ActiveModel {
        id: NotSet,
        compte_id: Set(decision.compte_id),
        version: Set(decision.version),
        verdict: Set(decision.verdict.code().to_owned()),
        motif_id: Set(decision.motif_id),
        message: Set(decision.message),
        remarques: Set(remarques),
        lot: Set(decision.lot),
        par: Set(decision.par),
        prise_le: Set(now),
        effet_le: Set(decision.effet_le),
        annulee_le: Set(None),
        appliquee_le: Set(None),
    };
    Ok(row.insert(db).await?)
}

const CORRUPT: BackendError = BackendError::Corrupt { table: "decision", column: "remarques" };

pub fn verdict(row: &Model) -> Result<Verdict, BackendError> {
    Verdict::from_code(&row.verdict).ok_or(BackendError::Corrupt { table: "decision", column: "verdict" })
}

pub fn remarques(row: &Model) -> Result<Vec<Remarque>, BackendError> {
    match row.remarques.as_str() {
        "" => Ok(Vec::new()),
        json => serde_json::from_str(json).map_err(|_| CORRUPT),
    }
}

/// The decision on this version of the account that nobody cancelled.
pub async fn of_version(
    db: &impl ConnectionTrait,
    compte_id: i64,
    version: i64,
) -> Result<Option<Model>, BackendError> {
    let found = Entity::find()
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Version.eq(version))
        .filter(Column::AnnuleeLe.is_null());
    Ok(found.one(db).await?)
}

/// The decisions held on any of these accounts.
pub async fn held_on(db: &impl ConnectionTrait, ids: &[i64]) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find().filter(Column::CompteId.is_in(ids.iter().copied())).filter(is_held());
    Ok(found.all(db).await?)
}

/// The accounts that a decision is held on.
pub fn held_accounts() -> SelectStatement {
    Query::select().column(Column::CompteId).from(Entity).cond_where(is_held()).to_owned()
}

/// Counts the held decisions.
pub async fn count_held(db: &impl ConnectionTrait) -> Result<u64, BackendError> {
    Ok(Entity::find().filter(is_held()).count(db).await?)
}

/// Held decisions to apply now, the earliest first. A decision dated in the future is due too: the clock was set back
/// since, so its waiting time is unknown.
pub async fn due(db: &impl ConnectionTrait, now: Millis, limit: u64) -> Result<Vec<Model>, BackendError> {
    let due = Entity::find()
        .filter(is_held())
        .filter(Column::EffetLe.lte(now).or(Column::PriseLe.gt(now + CLOCKS_APART)))
        .order_by_asc(Column::EffetLe)
        .limit(limit);
    Ok(due.all(db).await?)
}

/// Marks a held decision as applied, once. `false` when it was applied or cancelled meanwhile.
pub async fn applied(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<bool, BackendError> {
    let update = held().col_expr(Column::AppliqueeLe, Expr::value(now)).filter(Column::Id.eq(id));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// Marks a decision as cancelled when it was just applied but the account had changed state.
pub async fn void(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<(), BackendError> {
    Entity::update_many()
        .col_expr(Column::AppliqueeLe, Expr::value(None::<i64>))
        .col_expr(Column::AnnuleeLe, Expr::value(now))
        .filter(Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Cancels the decision held on the account, whoever took it.
pub async fn cancel_on(db: &impl ConnectionTrait, compte_id: i64, now: Millis) -> Result<bool, BackendError> {
    let update = held().col_expr(Column::AnnuleeLe, Expr::value(now)).filter(Column::CompteId.eq(compte_id));
    Ok(update.exec(db).await?.rows_affected > 0)
}

/// Cancels the decision held on the account if the gestionnaire `by` took it.
pub async fn cancel_own(db: &impl ConnectionTrait, compte_id: i64, by: i64, now: Millis) -> Result<bool, BackendError> {
    let update = held()
        .col_expr(Column::AnnuleeLe, Expr::value(now))
        .filter(Column::CompteId.eq(compte_id))
        .filter(Column::Par.eq(by));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// The held decisions that the gestionnaire `by` took.
pub async fn held_by(db: &impl ConnectionTrait, by: i64) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find().filter(Column::Par.eq(by)).filter(is_held()).order_by_asc(Column::Id);
    Ok(found.all(db).await?)
}

/// Cancels a held decision. `false` when it was applied or cancelled meanwhile.
pub async fn cancel(db: &impl ConnectionTrait, id: i64, now: Millis) -> Result<bool, BackendError> {
    let update = held().col_expr(Column::AnnuleeLe, Expr::value(now)).filter(Column::Id.eq(id));
    Ok(update.exec(db).await?.rows_affected == 1)
}

/// The held decisions of a bulk that the gestionnaire `by` took.
pub async fn held_of_bulk(db: &impl ConnectionTrait, lot: &str, by: i64) -> Result<Vec<Model>, BackendError> {
    let found = Entity::find().filter(Column::Lot.eq(lot)).filter(Column::Par.eq(by)).filter(is_held());
    Ok(found.all(db).await?)
}

fn held() -> UpdateMany<Entity> {
    Entity::update_many().filter(is_held())
}

/// The decision is neither applied nor cancelled.
fn is_held() -> Condition {
    Condition::all().add(Column::AnnuleeLe.is_null()).add(Column::AppliqueeLe.is_null())
}
