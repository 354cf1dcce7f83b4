//! A file to import may be one of sessions of training.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The files that wait at this step are of the directory.
        let genre = text("genre").default("repertoire").to_owned();
        manager.alter_table(Table::alter().table("import_repertoire").add_column(genre).to_owned()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
