//! What an invitation gives when it is accepted, and who made it. A new invitation changes nothing before that.

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
                    // Set for an invitation into the team.
                    .col(text_null("role"))
                    // Set for an invitation of a service formation.
                    .col(big_integer_null("collectivite_id"))
                    // The gestionnaire who invites. Null for the command line.
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
