//! Compares the schema of a database with the one that this program knows.

use sea_orm::{ConnectionTrait, DbErr, Statement};
use sea_orm_migration::{MigratorTrait, SchemaManager};

use super::db::Db;
use super::opening::{Engine, PATIENCE};
use super::postgres;
use crate::persistence::migrations::Migrator;

/// The table in which sea-orm keeps the history of the schema.
const HISTORY: &str = "seaql_migrations";

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Schema {
    /// The schema that this program was made for.
    Current,
    /// A former schema, or an empty history: `iel migrate` brings it up to date.
    Older,
    /// The schema has every step that this program knows, and at least one more. Steps only add, so this program can
    /// serve on it. So the program can go back one version and keep its database.
    Newer(String),
    /// The database has no schema of this program.
    Foreign,
}

impl Db {
    /// # Errors
    /// When the database does not answer.
    pub async fn schema(&self) -> Result<Schema, DbErr> {
        if !SchemaManager::new(self.connection()).has_table(HISTORY).await? {
            return Ok(Schema::Foreign);
        }
        let sql = format!("SELECT version FROM {HISTORY} ORDER BY version");
        let rows = self.connection().query_all_raw(Statement::from_string(self.backend(), sql)).await?;
        let applied = rows.iter().map(|row| row.try_get("", "version")).collect::<Result<Vec<String>, _>>()?;
        let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        if !known.iter().all(|step| applied.contains(step)) {
            return Ok(Schema::Older);
        }
        let unknown = applied.into_iter().find(|step| !known.contains(step));
        Ok(unknown.map_or(Schema::Current, Schema::Newer))
    }

    /// Brings the schema up to date. If two processes do it at once, one waits for the other.
    ///
    /// # Errors
    /// When a step fails; the steps before it stay.
    pub async fn migrate(&self) -> Result<(), DbErr> {
        if let Schema::Newer(step) = self.schema().await? {
            tracing::warn!(step, "the database was brought further by a newer program");
            return Ok(());
        }
        match self.engine() {
            // The file's lock already keeps other processes out.
            Engine::Sqlite => Migrator::up(self.connection(), None).await,
            Engine::Postgres => {
                let lock = postgres::lock_setup(self.connection()).await?;
                Migrator::up(self.connection(), None).await?;
                lock.commit().await
            }
        }
    }

    /// Whether the database answers and its schema has every step this program knows.
    pub async fn is_ready(&self) -> bool {
        let schema = tokio::time::timeout(PATIENCE, self.schema()).await;
        matches!(schema, Ok(Ok(Schema::Current | Schema::Newer(_))))
    }
}
