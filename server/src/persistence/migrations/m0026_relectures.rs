//! An agent goes over what their service formation typed: a correction that nobody asked for, closed until its person gives
//! their birth date.

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
