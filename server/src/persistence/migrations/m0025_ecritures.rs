//! The order of the writes of a draft by one page: an older write that arrives late changes nothing.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ranks = "ALTER TABLE brouillon ADD COLUMN ecritures TEXT NOT NULL DEFAULT ''";
        manager.get_connection().execute_unprepared(ranks).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
