//! The second factor of the staff, and what a person sees of their own sessions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            // What the secret is derived from, with the key that `facteur_kid` names; none until a code was right.
            text_null("facteur_id"),
            text_null("facteur_kid"),
            // The last step of 30 seconds whose code was accepted: none serves twice.
            big_integer("facteur_pas").default(0).take(),
        ] {
            manager.alter_table(Table::alter().table("gestionnaire").add_column(column).to_owned()).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("code_secours")
                    .col(text("code_hash").primary_key())
                    .col(big_integer("gestionnaire_id"))
                    .col(big_integer_null("utilise_le"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("code_secours_gestionnaire")
                    .table("code_secours")
                    .col("gestionnaire_id")
                    .to_owned(),
            )
            .await?;
        for column in [
            // When the second factor was proved: without it a session of the staff opens nothing, those of before included.
            big_integer_null("facteur_le"),
            // The factor this session may enrol, and then the recovery codes it may still show.
            text_null("a_montrer"),
            // Until when it shows the codes.
            big_integer_null("montrer_jusqu"),
            // What names it to its person: neither its secret nor what is derived from it.
            text("id_public").default("").take(),
            // « Firefox sur Android ».
            text("navigateur").default("").take(),
        ] {
            manager.alter_table(Table::alter().table("session").add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
