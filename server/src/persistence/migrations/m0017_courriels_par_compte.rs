//! An account's mails by what became of them. Without statistics, SQLite takes the index that answers most conditions: with
//! the account alone in one and the state in another, it read every mail that had arrived to look for one account's.

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
