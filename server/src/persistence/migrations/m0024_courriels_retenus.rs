//! Mails that count as sent but do not leave: too many mails were asked for their address.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let retained = Table::alter().table("courriel").add_column(boolean("retenu").default(false)).to_owned();
        manager.alter_table(retained).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
