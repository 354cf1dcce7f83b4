//! Links that resume a draft, the keys they give, and one reminder for each account.

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
                    .table("reprise")
                    .col(text("jeton_id").primary_key())
                    .col(text("brouillon"))
                    .col(text("destinataire_cle"))
                    .col(big_integer("essais"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("reprise", "jeton_id")
                            .to("jeton", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(
                        ForeignKey::create()
                            .from("reprise", "brouillon")
                            .to("brouillon", "cle_hash")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("brouillon_cle")
                    .col(text("cle_hash").primary_key())
                    .col(text("brouillon"))
                    .col(big_integer("cree_le"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("brouillon_cle", "brouillon")
                            .to("brouillon", "cle_hash")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        for table in ["reprise", "brouillon_cle"] {
            let index = Index::create().name(format!("{table}_brouillon")).table(table).col("brouillon").to_owned();
            manager.create_index(index).await?;
        }
        // If two servers remind at once, one succeeds. Both engines understand this SQL.
        manager
            .get_connection()
            .execute_unprepared("CREATE UNIQUE INDEX courriel_rappel ON courriel (compte_id) WHERE genre = 'rappel'")
            .await?;
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
