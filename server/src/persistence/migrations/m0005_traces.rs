//! The outbox and the journal.

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
                    .table("courriel")
                    .col(big_pk_auto("id"))
                    .col(text("genre"))
                    .col(big_integer_null("compte_id"))
                    .col(big_integer_null("gestionnaire_id"))
                    .col(text_null("jeton_id"))
                    .col(text("destinataire_cle"))
                    .col(big_integer("cree_le"))
                    .col(big_integer("prochain_essai_le"))
                    .col(big_integer_null("verrouille_jusqu"))
                    .col(big_integer("essais"))
                    .col(text("etat"))
                    .col(text_null("derniere_erreur"))
                    .col(big_integer_null("envoye_le"))
                    .col(text("message_id"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("courriel", "compte_id")
                            .to("compte", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("courriel", "gestionnaire_id")
                            .to("gestionnaire", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("journal")
                    .col(big_pk_auto("id"))
                    .col(big_integer("le"))
                    .col(text("acteur"))
                    .col(big_integer_null("compte_id"))
                    .col(text("action"))
                    .col(text("champs"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create().name("courriel_file").table("courriel").col("etat").col("prochain_essai_le").to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("courriel_compte").table("courriel").col("compte_id").to_owned())
            .await?;
        manager
            .create_index(Index::create().name("journal_compte").table("journal").col("compte_id").to_owned())
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
