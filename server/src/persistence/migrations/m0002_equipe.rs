//! The staff, and the motifs of refusal.

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
                    .table("gestionnaire")
                    .col(big_pk_auto("id"))
                    .col(text("courriel"))
                    .col(text("courriel_cle").unique_key())
                    .col(text("nom"))
                    .col(text("role"))
                    .col(text_null("mot_de_passe"))
                    .col(big_integer("cree_le"))
                    .col(big_integer_null("desactive_le"))
                    .col(big_integer_null("derniere_connexion"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("motif")
                    .col(big_pk_auto("id"))
                    .col(text("libelle"))
                    .col(text("texte"))
                    .col(boolean("actif"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
