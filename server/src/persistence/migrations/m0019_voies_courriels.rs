//! Gives the outbox two lanes, each with an index. A long lane does not slow the other one down.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const LANES: [&str; 2] = [
    "CREATE INDEX courriel_neuf ON courriel (prochain_essai_le, id) WHERE etat = 'queued' AND essais = 0",
    "CREATE INDEX courriel_repris ON courriel (prochain_essai_le, id) WHERE etat = 'queued' AND essais > 0",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for lane in LANES {
            manager.get_connection().execute_unprepared(lane).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
