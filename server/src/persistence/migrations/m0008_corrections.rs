//! Corrections asked of a person, and since when a request waits.

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
                    .table("correction")
                    .col(big_pk_auto("id"))
                    .col(big_integer("compte_id"))
                    .col(big_integer("demandee_le"))
                    .col(big_integer_null("demandee_par"))
                    .col(text("message"))
                    .col(text("avant"))
                    .col(text("contenu"))
                    .col(big_integer_null("renvoyee_le"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("correction", "compte_id")
                            .to("compte", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .foreign_key(ForeignKey::create().from("correction", "demandee_par").to("gestionnaire", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("remarque")
                    .col(big_pk_auto("id"))
                    .col(big_integer("correction_id"))
                    .col(text("etape"))
                    .col(text("champ"))
                    .col(text("texte"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("remarque", "correction_id")
                            .to("correction", "id")
                            .on_delete(ForeignKeyAction::Cascade),
                    )
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(Index::create().name("remarque_correction").table("remarque").col("correction_id").to_owned())
            .await?;
        manager
            .create_index(Index::create().name("correction_compte").table("correction").col("compte_id").to_owned())
            .await?;
        // An account has one open correction at most. Both engines understand this SQL.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE UNIQUE INDEX correction_ouverte ON correction (compte_id) WHERE renvoyee_le IS NULL",
            )
            .await?;
        manager
            .alter_table(Table::alter().table("compte").add_column(big_integer_null("attend_depuis")).to_owned())
            .await?;
        manager.get_connection().execute_unprepared("UPDATE compte SET attend_depuis = activee_le").await?;
        manager
            .create_index(Index::create().name("compte_decidee_le").table("compte").col("decidee_le").to_owned())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
