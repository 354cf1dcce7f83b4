//! The published contacts of the services formation: an agent of the collectivité writes there.

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
                    .table("contact_formation")
                    .col(big_pk_auto("id"))
                    .col(big_integer_uniq("collectivite_id"))
                    .col(text("service"))
                    .col(text("courriel"))
                    .col(text("telephone"))
                    .col(big_integer("maj_le"))
                    .foreign_key(
                        ForeignKey::create().from("contact_formation", "collectivite_id").to("collectivite", "id"),
                    )
                    .to_owned(),
            )
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
