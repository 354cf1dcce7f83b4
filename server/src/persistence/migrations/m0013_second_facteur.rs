//! The second factor of the staff, and the sessions as their person sees them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            // The secret is derived from `facteur_id`, with the key that `facteur_kid` names. Both are null until a
            // first code was right.
            text_null("facteur_id"),
            text_null("facteur_kid"),
            // The last time step (of 30 seconds) whose code was accepted: no code works twice.
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
            // When the second factor was proved. Without it a session of the staff opens nothing; this includes
            // sessions older than this migration.
            big_integer_null("facteur_le"),
            // The second factor that this session may enrol. After that, the recovery codes that it may still show.
            text_null("a_montrer"),
            // Until when the session shows the recovery codes.
            big_integer_null("montrer_jusqu"),
            // The id of the session that its person sees. It is not derived from the secret.
            text("id_public").default("").take(),
            // A rough name of the browser, such as « Firefox sur Android ».
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
