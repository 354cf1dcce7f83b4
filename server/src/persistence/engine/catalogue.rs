//! The tables of a database, as the database itself describes them. So a table added later is in the list too.

use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

use super::db::Db;
use super::opening::Engine;
use super::{postgres, sqlite};

/// The kind of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Integer,
    Text,
    Boolean,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
    /// Its position in the primary key, from 1. 0 when the column is not in the key.
    pub key: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: String,
    /// Ordered by name.
    pub columns: Vec<Column>,
}

impl Table {
    /// The columns of the primary key, in the order of the key.
    pub fn key(&self) -> Vec<&Column> {
        let mut key: Vec<&Column> = self.columns.iter().filter(|column| column.key > 0).collect();
        key.sort_by_key(|column| column.key);
        key
    }
}

impl Db {
    /// The tables that last, each after the tables it refers to. The history of the schema and the counters by client
    /// address are left out.
    ///
    /// # Errors
    /// When the database does not answer, or a column has an unknown kind. When tables refer to each other in a circle.
    pub async fn tables(&self) -> Result<Vec<Table>, DbErr> {
        let (tables, references) = match self.engine() {
            Engine::Sqlite => (sqlite::TABLES, sqlite::REFERENCES),
            Engine::Postgres => (postgres::TABLES, postgres::REFERENCES),
        };
        let mut left: Vec<(String, Vec<String>)> = Vec::new();
        for name in self.names(tables, []).await? {
            let refers_to = self.names(references, [name.as_str().into()]).await?;
            left.push((name, refers_to));
        }
        let mut ordered: Vec<Table> = Vec::new();
        while !left.is_empty() {
            let free = |(name, refers_to): &(String, Vec<String>)| {
                refers_to.iter().all(|other| other == name || ordered.iter().any(|table| table.name == *other))
            };
            let at = left.iter().position(free);
            let at = at.ok_or_else(|| DbErr::Custom("tables refer to each other in a circle".to_owned()))?;
            let (name, _) = left.remove(at);
            let columns = self.columns(&name).await?;
            ordered.push(Table { name, columns });
        }
        Ok(ordered)
    }

    async fn names<const N: usize>(&self, sql: &str, values: [Value; N]) -> Result<Vec<String>, DbErr> {
        let rows = self.connection().query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        rows.iter().map(|row| row.try_get("", "name")).collect()
    }

    async fn columns(&self, table: &str) -> Result<Vec<Column>, DbErr> {
        let sql = match self.engine() {
            Engine::Sqlite => sqlite::COLUMNS,
            Engine::Postgres => postgres::COLUMNS,
        };
        let query = Statement::from_sql_and_values(self.backend(), sql, [table.into()]);
        let mut columns = Vec::new();
        for row in self.connection().query_all_raw(query).await? {
            let (name, kind): (String, String) = (row.try_get("", "name")?, row.try_get("", "kind")?);
            let kind = match kind.to_lowercase().as_str() {
                "bigint" | "integer" => Kind::Integer,
                "text" | "varchar" | "character varying" => Kind::Text,
                "boolean" => Kind::Boolean,
                other => return Err(DbErr::Custom(format!("{table}.{name} is of a kind that is not copied: {other}"))),
            };
            columns.push(Column { name, kind, key: row.try_get("", "key")? });
        }
        Ok(columns)
    }

    /// The greatest id that a table gave by itself, even if its row is deleted since. `None` when it gives none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn last_number(&self, db: &impl ConnectionTrait, table: &Table) -> Result<Option<i64>, DbErr> {
        let sql = match self.engine() {
            Engine::Sqlite => sqlite::LAST_NUMBER,
            Engine::Postgres => postgres::LAST_NUMBER,
        };
        // PostgreSQL refuses the query for a table without this column.
        if !table.columns.iter().any(|column| column.name == "id" && column.kind == Kind::Integer) {
            return Ok(None);
        }
        let query = Statement::from_sql_and_values(self.backend(), sql, [table.name.as_str().into()]);
        match db.query_one_raw(query).await? {
            Some(row) => row.try_get("", "n"),
            None => Ok(None),
        }
    }

    /// Sets the counter of ids: the next id that a table gives is greater than `last`.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn count_from(&self, db: &impl ConnectionTrait, table: &Table, last: i64) -> Result<(), DbErr> {
        let statements = match self.engine() {
            Engine::Sqlite => sqlite::COUNT_FROM,
            Engine::Postgres => postgres::COUNT_FROM,
        };
        for sql in statements {
            let values = [table.name.as_str().into(), last.into()];
            db.query_all_raw(Statement::from_sql_and_values(self.backend(), *sql, values)).await?;
        }
        Ok(())
    }
}
