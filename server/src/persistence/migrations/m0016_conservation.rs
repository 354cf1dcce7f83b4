//! Data about the end of accounts: last use and warning, how long the service has run, figures of erased accounts,
//! recipients of last mails.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["actif_le", "averti_le", "averti_vecu"] {
            let added = Table::alter().table("compte").add_column(big_integer_null(column)).to_owned();
            manager.alter_table(added).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("veille")
                    // One row.
                    .col(big_integer("id").primary_key())
                    .col(big_integer("vu_le"))
                    .col(big_integer("vecu"))
                    .col(big_integer_null("saut_vecu"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("bilan")
                    .col(big_pk_auto("id"))
                    .col(big_integer("collectivite_id"))
                    .col(big_integer_null("attend_depuis"))
                    .col(big_integer_null("decidee_le"))
                    .col(big_integer_null("motif_id"))
                    .foreign_key(ForeignKey::create().from("bilan", "collectivite_id").to("collectivite", "id"))
                    .foreign_key(ForeignKey::create().from("bilan", "motif_id").to("motif", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("adieu")
                    .col(big_integer("courriel_id").primary_key())
                    .col(text("destinataire"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("adieu", "courriel_id")
                            .to("courriel", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        // Both engines understand this SQL.
        for index in [
            "CREATE INDEX compte_inactif ON compte (COALESCE(actif_le, statut_depuis)) WHERE statut = 'Actif'",
            "CREATE INDEX bilan_decidee_le ON bilan (decidee_le)",
            "CREATE INDEX bilan_collectivite ON bilan (collectivite_id)",
            "CREATE INDEX bilan_motif ON bilan (motif_id) WHERE motif_id IS NOT NULL",
        ] {
            manager.get_connection().execute_unprepared(index).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
