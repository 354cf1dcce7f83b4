//! Links, sessions and counters.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::persistence::engine;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("jeton")
                    .col(text("id").primary_key())
                    .col(text("usage"))
                    .col(big_integer("sujet_id"))
                    .col(text("kid"))
                    .col(big_integer("cree_le"))
                    .col(big_integer_null("premier_envoi_le"))
                    .col(big_integer_null("utilise_le"))
                    .col(big_integer_null("revoque_le"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("session")
                    .col(text("token_hash").primary_key())
                    .col(text("genre"))
                    .col(big_integer("sujet_id"))
                    .col(big_integer("cree_le"))
                    .col(big_integer("vue_le"))
                    .col(big_integer("expire_le"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("compteur")
                    .col(text("cle").primary_key())
                    .col(big_integer("debut"))
                    .col(big_integer("n"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("jeton_sujet").table("jeton").col("usage").col("sujet_id").to_owned())
            .await?;
        manager
            .create_index(
                Index::create().name("session_sujet").table("session").col("genre").col("sujet_id").to_owned(),
            )
            .await?;
        engine::steps::create_client_counters(manager).await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
