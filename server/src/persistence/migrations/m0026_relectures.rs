//! The relecture: an agent reviews what their service formation typed. It is a correction that no gestionnaire asked
//! for. It is closed until the agent gives their birth date.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in
            ["relecture BOOLEAN NOT NULL DEFAULT FALSE", "essais BIGINT NOT NULL DEFAULT 0", "ouverte_le BIGINT"]
        {
            let add = format!("ALTER TABLE correction ADD COLUMN {column}");
            manager.get_connection().execute_unprepared(&add).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
