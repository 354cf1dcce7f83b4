//! Writes many sessions as drafts, in one short transaction. Its statements are made before it begins.

use std::collections::HashMap;

use domain::formation::SessionFormation;
use sea_orm::sea_query::{Expr, Query, SimpleExpr};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, Iterable, QueryFilter,
    QuerySelect, QueryTrait, Statement,
};

use crate::clock::Random;
use crate::error::BackendError;
use crate::persistence::entities::seance;
use crate::persistence::sessions_formation::{Column, Entity, draft, seance_row};
use crate::security::secrets::public_id;

/// How many rows a statement writes: SQLite takes 32,766 values, and a session has 33.
const CHUNK: usize = 400;

/// The last numbers of these codes. A code without a session is left out.
pub async fn last_numbers(db: &impl ConnectionTrait, codes: &[&str]) -> Result<HashMap<String, i64>, BackendError> {
    let mut found = HashMap::new();
    for codes in codes.chunks(CHUNK) {
        let rows = Entity::find()
            .select_only()
            .column(Column::Code)
            .column_as(Column::Numero.max(), "numero")
            .filter(Column::Code.is_in(codes.iter().copied()))
            .group_by(Column::Code)
            .into_tuple::<(String, i64)>();
        found.extend(rows.all(db).await?);
    }
    Ok(found)
}

/// The statements that add these sessions, each under its number, with their séances.
pub fn statements(engine: DbBackend, sessions: &[(SessionFormation, i64)], random: &dyn Random) -> Vec<Statement> {
    let mut statements = Vec::new();
    for some in sessions.chunks(CHUNK) {
        let rows = some.iter().map(|(session, numero)| draft(session, *numero));
        statements.push(Entity::insert_many(rows).build(engine));
    }
    let columns: Vec<seance::Column> =
        seance::Column::iter().filter(|column| !matches!(column, seance::Column::Id)).collect();
    let rows: Vec<Vec<SimpleExpr>> = sessions
        .iter()
        .flat_map(|(session, numero)| session.seances.iter().map(move |one| (session, *numero, one)))
        .map(|(session, numero, one)| {
            let row = seance_row(0, one, public_id(random), 1);
            let id = id_of(session, numero);
            columns.iter().map(|column| cell(&row, *column, &id)).collect()
        })
        .collect();
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut insert = Query::insert();
        insert.into_table(seance::Entity).columns(columns.iter().copied());
        for row in rows.by_ref().take(CHUNK) {
            insert.values_panic(row);
        }
        statements.push(engine.build(&insert));
    }
    statements
}

/// The id of a session that the same transaction added.
fn id_of(session: &SessionFormation, numero: i64) -> SimpleExpr {
    let mut found = Query::select();
    found
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::Code.eq(session.code.as_str()))
        .and_where(Column::Numero.eq(numero));
    SimpleExpr::SubQuery(None, Box::new(found.into()))
}

fn cell(row: &seance::ActiveModel, column: seance::Column, session: &SimpleExpr) -> SimpleExpr {
    match (column, row.get(column)) {
        (seance::Column::SessionId, _) => session.clone(),
        (_, ActiveValue::Set(value) | ActiveValue::Unchanged(value)) => Expr::value(value),
        (_, ActiveValue::NotSet) => Expr::cust("NULL"),
    }
}
