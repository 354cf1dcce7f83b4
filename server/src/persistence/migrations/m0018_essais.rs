//! Failed passwords and codes by address, to tell the person at their next sign-in.

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
                    // Whether a person has this address and can be told. Other rows are deleted sooner.
                    .col(boolean("connue"))
                    .to_owned(),
            )
            .await?;
        for column in [
            // The failed passwords that this session shows, until its person has seen them.
            big_integer("essais").default(0).take(),
            big_integer_null("essai_le"),
            // How many codes failed after the right password, for the staff.
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
