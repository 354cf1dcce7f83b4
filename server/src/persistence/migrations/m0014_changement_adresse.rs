//! Changes of address: the new address and the former one.

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
                    .table("changement_adresse")
                    .col(big_pk_auto("id"))
                    .col(big_integer("compte_id"))
                    .col(text("ancien"))
                    .col(text("ancien_cle"))
                    .col(text("nouveau"))
                    .col(text("nouveau_cle"))
                    .col(big_integer("demande_le"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("changement_adresse_compte")
                    .table("changement_adresse")
                    .col("compte_id")
                    .to_owned(),
            )
            .await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
