//! What a step of the schema asks of one engine only.

use sea_orm::{ConnectionTrait, DatabaseBackend, DbErr};
use sea_orm_migration::SchemaManager;

use super::{postgres, sqlite};

/// Creates the triggers that count accounts by state. They write one row into `mouvement` for each change.
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

/// Makes PostgreSQL order a text column by its bytes, whatever the database's language. SQLite does so already. Texts
/// that begin alike are then next to each other.
pub async fn order_by_bytes(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => postgres::order_by_bytes(manager, table, column).await,
        _ => Ok(()),
    }
}

/// Creates the table that counts requests by client address, on PostgreSQL only: several servers share it. On SQLite,
/// the only process counts in memory.
pub async fn create_client_counters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    match manager.get_database_backend() {
        DatabaseBackend::Postgres => postgres::create_client_counters(manager).await,
        _ => Ok(()),
    }
}
