//! Copies everything from one database to another, of either engine. Every row keeps its id, and the copy is verified
//! before the commit.

use sea_orm::sea_query::{Alias, Query};
use sea_orm::{
    AccessMode, ConnectionTrait, DbErr, IsolationLevel, QueryResult, Statement, TransactionOptions, TransactionTrait,
    Value,
};
use sha2::{Digest, Sha256};

use super::engine::{Column, Db, Engine, Kind, Schema, Table};
use crate::error::BackendError;

/// Tables that the migrations fill. The copy deletes these rows and writes the source's rows.
const SEEDED: [&str; 2] = ["motif", "sceau_tete"];

/// Triggers write into this table while accounts are copied. So it is copied last, over what the triggers wrote.
const KEPT_BY_TRIGGERS: &str = "mouvement";

/// How many rows one statement writes. The widest table has 55 columns, and SQLite takes 32,766 values.
const BATCH: usize = 500;

#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    #[error(
        "la base de départ n’a pas le schéma de ce programme\u{a0}: lancez d’abord «\u{a0}iel migrate\u{a0}» sur elle"
    )]
    Source,
    #[error("la base d’arrivée contient déjà quelque chose (table {0})\u{a0}: donnez une base vide")]
    NotEmpty(String),
    #[error("les deux bases n’ont pas les mêmes tables (table {0})")]
    Different(String),
    #[error("la table {0} n’est pas la même après la copie\u{a0}: rien n’a été gardé")]
    Unfaithful(String),
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Write(#[from] BackendError),
}

/// The number of rows and a sum of their contents, whatever the order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Empreinte {
    pub rows: u64,
    sum: [u128; 2],
}

/// Copies every table and verifies each copy. Commits only if all tables are the same. `told` receives the name of each
/// table and its number of rows.
///
/// # Errors
/// When the source's schema is not this program's, the target holds something, or a table differs after the copy.
pub async fn copy(from: &Db, to: &Db, mut told: impl FnMut(&str, u64)) -> Result<(), CopyError> {
    if from.schema().await? != Schema::Current {
        return Err(CopyError::Source);
    }
    to.migrate().await?;
    let mut tables = same_tables(from, to).await?;
    tables.sort_by_key(|table| table.name == KEPT_BY_TRIGGERS);
    // Reads the source as of one instant, even if another process writes there meanwhile.
    let source = from.connection().begin_with_options(one_instant(from.engine())).await?;
    let target = to.begin_setup().await?;
    for table in &tables {
        if !SEEDED.contains(&table.name.as_str()) && Empreinte::of(&*target, table).await?.rows > 0 {
            return Err(CopyError::NotEmpty(table.name.clone()));
        }
    }
    for table in &tables {
        target.execute_unprepared(&format!("DELETE FROM \"{}\"", table.name)).await?;
        let mut copied = Empreinte::default();
        let mut reader = Reader::new(table);
        while let Some(rows) = reader.next(&source).await? {
            let mut insert = Query::insert();
            insert.into_table(Alias::new(&table.name)).columns(table.columns.iter().map(|it| Alias::new(&it.name)));
            for row in rows {
                copied.add(&row);
                insert.values(row.into_iter().map(Into::into)).map_err(|error| DbErr::Custom(error.to_string()))?;
            }
            target.execute(&insert).await?;
        }
        if let Some(last) = from.last_number(&source, table).await? {
            to.count_from(&*target, table, last).await?;
        }
        told(&table.name, copied.rows);
    }
    for table in &tables {
        if Empreinte::of(&source, table).await? != Empreinte::of(&*target, table).await? {
            return Err(CopyError::Unfaithful(table.name.clone()));
        }
    }
    target.commit().await?;
    Ok(())
}

/// The tables that both databases have, each after the tables it refers to.
async fn same_tables(from: &Db, to: &Db) -> Result<Vec<Table>, CopyError> {
    let (tables, others) = (from.tables().await?, to.tables().await?);
    let known = |tables: &[Table], table: &Table| tables.contains(table);
    let odd = tables.iter().find(|table| !known(&others, table)).or(others.iter().find(|table| !known(&tables, table)));
    match odd {
        Some(table) => Err(CopyError::Different(table.name.clone())),
        None => Ok(tables),
    }
}

fn one_instant(engine: Engine) -> TransactionOptions {
    match engine {
        // On SQLite, a transaction that reads sees one instant anyway.
        Engine::Sqlite => TransactionOptions::default(),
        Engine::Postgres => TransactionOptions {
            isolation_level: Some(IsolationLevel::RepeatableRead),
            access_mode: Some(AccessMode::ReadOnly),
            ..Default::default()
        },
    }
}

/// Reads a table in the order of its key, [`BATCH`] rows at a time.
struct Reader<'a> {
    table: &'a Table,
    after: Option<Vec<Value>>,
}

impl<'a> Reader<'a> {
    fn new(table: &'a Table) -> Self {
        Self { table, after: None }
    }

    /// The next rows; `None` at the end.
    async fn next(&mut self, db: &impl ConnectionTrait) -> Result<Option<Vec<Vec<Value>>>, DbErr> {
        let key = self.table.key();
        let names = |columns: &[&Column]| -> String {
            columns.iter().map(|column| format!("\"{}\"", column.name)).collect::<Vec<_>>().join(", ")
        };
        let (all, order) = (names(&self.table.columns.iter().collect::<Vec<_>>()), names(&key));
        let after = self.after.take().unwrap_or_default();
        let further = if after.is_empty() {
            String::new()
        } else {
            let places: Vec<String> = (1..=after.len()).map(|at| format!("${at}")).collect();
            format!(" WHERE ({order}) > ({})", places.join(", "))
        };
        let sql = format!("SELECT {all} FROM \"{}\"{further} ORDER BY {order} LIMIT {BATCH}", self.table.name);
        let rows = db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, after)).await?;
        let rows = rows.iter().map(|row| values(self.table, row)).collect::<Result<Vec<_>, _>>()?;
        if let Some(last) = rows.last() {
            let place = |column: &Column| self.table.columns.iter().position(|other| other.name == column.name);
            self.after = Some(key.iter().filter_map(|column| Some(last.get(place(column)?)?.clone())).collect());
        }
        Ok(Some(rows).filter(|rows| !rows.is_empty()))
    }
}

fn values(table: &Table, row: &QueryResult) -> Result<Vec<Value>, DbErr> {
    let read = |column: &Column| {
        Ok(match column.kind {
            Kind::Integer => row.try_get::<Option<i64>>("", &column.name)?.into(),
            Kind::Text => row.try_get::<Option<String>>("", &column.name)?.into(),
            Kind::Boolean => row.try_get::<Option<bool>>("", &column.name)?.into(),
        })
    };
    table.columns.iter().map(read).collect()
}

impl Empreinte {
    /// Reads the whole table.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn of(db: &impl ConnectionTrait, table: &Table) -> Result<Self, DbErr> {
        let mut it = Self::default();
        let mut reader = Reader::new(table);
        while let Some(rows) = reader.next(db).await? {
            for row in &rows {
                it.add(row);
            }
        }
        Ok(it)
    }

    /// Adds up the hashes of rows: the engines order texts differently, and a sum does not depend on the order.
    fn add(&mut self, row: &[Value]) {
        let mut hash = Sha256::new();
        for value in row {
            // Each value is preceded by its kind and length, so two different rows never give the same bytes.
            match value {
                Value::BigInt(Some(n)) => part(&mut hash, 1, &n.to_be_bytes()),
                Value::String(Some(text)) => part(&mut hash, 2, text.as_bytes()),
                Value::Bool(Some(yes)) => part(&mut hash, 3, &[u8::from(*yes)]),
                _ => part(&mut hash, 0, &[]),
            }
        }
        let digest: [u8; 32] = hash.finalize().into();
        for (sum, half) in self.sum.iter_mut().zip(digest.chunks_exact(16)) {
            *sum = sum.wrapping_add(half.iter().fold(0, |n, byte| n << 8 | u128::from(*byte)));
        }
        self.rows += 1;
    }
}

fn part(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn empreinte(rows: &[Vec<Value>]) -> Empreinte {
        let mut it = Empreinte::default();
        for row in rows {
            it.add(row);
        }
        it
    }

    #[test]
    fn every_value_counts_and_the_order_of_rows_does_not() {
        let text = |text: &str| Value::from(text.to_owned());
        let one = vec![Value::from(1_i64), text("ab"), text("c"), Value::from(true)];
        let other = vec![Value::from(2_i64), text("ab"), text("c"), Value::from(true)];
        let both = empreinte(&[one.clone(), other.clone()]);
        assert_eq!(empreinte(&[other.clone(), one.clone()]), both);
        for changed in [
            vec![one.clone()],
            vec![one.clone(), one.clone()],
            vec![one.clone(), vec![Value::from(2_i64), text("a"), text("bc"), Value::from(true)]],
            vec![one.clone(), vec![Value::from(2_i64), text("ab"), text("c"), Value::from(false)]],
            vec![one.clone(), vec![Value::from(2_i64), text("ab"), Value::from(None::<String>), Value::from(true)]],
            vec![one.clone(), vec![Value::from(2_i64), text("ab"), text(""), Value::from(true)]],
        ] {
            assert_ne!(empreinte(&changed), both, "{changed:?}");
        }
    }
}
