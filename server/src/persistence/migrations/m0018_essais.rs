//! The passwords and codes that failed at an address, for its person to be told when they come in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("essai")
                    // The hash of an address.
                    .col(text("cle").primary_key())
                    .col(big_integer("n"))
                    .col(big_integer("dernier_le"))
                    // Whether somebody could be told: the others are forgotten sooner.
                    .col(boolean("connue"))
                    .to_owned(),
            )
            .await?;
        for column in [
            // What this session tells its person until they have seen it.
            big_integer("essais").default(0).take(),
            big_integer_null("essai_le"),
            // The codes that failed after the right password, for the staff.
            big_integer("codes").default(0).take(),
            big_integer_null("code_le"),
        ] {
            manager.alter_table(Table::alter().table("session").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
