//! The lines of an import of the directory, stored until one short transaction writes them.

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
                    .table("import_fiche")
                    .col(text("lot"))
                    .col(big_integer("ligne"))
                    .col(big_integer("expire_le"))
                    .col(big_integer_null("collectivite_id"))
                    .col(text("avant_nom"))
                    .col(text("avant_siren"))
                    .col(text("avant_departement"))
                    .col(text("avant_codes_postaux"))
                    .col(big_integer("avant_population"))
                    .col(text("type"))
                    .col(text("code"))
                    .col(text("nom"))
                    .col(text("nom_cle"))
                    .col(text("siren"))
                    .col(text("departement"))
                    .col(text("codes_postaux"))
                    .col(big_integer("population"))
                    .col(text("cle_recherche"))
                    .col(text("anciens_noms"))
                    .primary_key(Index::create().col("lot").col("ligne"))
                    .to_owned(),
            )
            .await?;
        // An import also finds an entry by its SIREN.
        manager
            .create_index(Index::create().name("collectivite_siren").table("collectivite").col("siren").to_owned())
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
