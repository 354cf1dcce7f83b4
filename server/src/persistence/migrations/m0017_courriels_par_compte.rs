//! An index of the mails by account and state. Without statistics, SQLite chose the index of the state, and read every
//! sent mail to find those of one account.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut index = Index::create().name("courriel_compte_etat").table("courriel").to_owned();
        index.col("compte_id").col("etat").col("id");
        manager.create_index(index).await?;
        manager.drop_index(Index::drop().name("courriel_compte").table("courriel").to_owned()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
