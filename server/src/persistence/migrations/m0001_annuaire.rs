//! The directory of collectivités.

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
                    .table("collectivite")
                    .col(big_pk_auto("id"))
                    .col(text("type"))
                    .col(text("code"))
                    .col(text("nom"))
                    .col(text("nom_cle"))
                    .col(text("siren"))
                    .col(text("departement"))
                    .col(text("codes_postaux"))
                    .col(big_integer("population"))
                    .col(text("cle_recherche"))
                    .col(big_integer_null("archivee_le"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("collectivite_type_code")
                    .table("collectivite")
                    .col("type")
                    .col("code")
                    .unique()
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("collectivite_nom_cle").table("collectivite").col("nom_cle").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
