//! What an invitation gives when it is accepted, and who made it. Until then it changes nothing but itself.

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
                    .table("invitation")
                    .col(text("jeton_id").primary_key())
                    // Of a member of the team.
                    .col(text_null("role"))
                    // Of a service formation.
                    .col(big_integer_null("collectivite_id"))
                    // The gestionnaire; none for the command line.
                    .col(big_integer_null("par"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("invitation", "jeton_id")
                            .to("jeton", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(ForeignKey::create().from("invitation", "collectivite_id").to("collectivite", "id"))
                    .to_owned(),
            )
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
