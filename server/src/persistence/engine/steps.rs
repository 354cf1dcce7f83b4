//! What a step of the schema asks of one engine only.

use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr};
use sea_orm_migration::SchemaManager;

use super::{postgres, sqlite};

/// Keeps the count of accounts by state: each engine's triggers write one row a change into `mouvement`.
pub async fn create_state_counters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let triggers = match manager.get_database_backend() {
        DatabaseBackend::Postgres => postgres::STATE_COUNTERS,
        _ => sqlite::STATE_COUNTERS,
    };
    for statement in triggers {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Orders a text column by its bytes, whatever the database's language: what begins alike is then together. SQLite does.
pub async fn order_by_bytes(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => postgres::order_by_bytes(manager, table, column).await,
        _ => Ok(()),
    }
}

/// The table that counts requests by client address: PostgreSQL only, where several servers share it. On SQLite the
/// one serving process counts in memory.
pub async fn create_client_counters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => postgres::create_client_counters(manager).await,
        _ => Ok(()),
    }
}
