//! The data that gestionnaires manage: wordings of motifs and their drafts, former names of collectivités, files to
//! import. Also their choice of announcements, the pause of the outbox, and the seals of the journal.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        motives(manager).await?;
        directory(manager).await?;
        outbox(manager).await?;
        journal(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A row is a wording, and a famille is a motif. An edit replaces a row with another row of the same famille.
async fn motives(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let family = Table::alter().table("motif").add_column(big_integer("famille").default(0)).to_owned();
    manager.alter_table(family).await?;
    let replaced = Table::alter().table("motif").add_column(big_integer_null("remplace_le")).to_owned();
    manager.alter_table(replaced).await?;
    let db = manager.get_connection();
    db.execute_unprepared("UPDATE motif SET famille = id").await?;
    db.execute_unprepared("CREATE INDEX compte_motif ON compte (motif_id) WHERE motif_id IS NOT NULL").await?;
    manager
        .create_table(
            Table::create()
                .table("motif_brouillon")
                .col(big_integer("gestionnaire_id"))
                // The wording that the draft started from. 0 for a new motif.
                .col(big_integer("motif_id"))
                .col(text("libelle"))
                .col(text("texte"))
                .col(big_integer("modifie_le"))
                .primary_key(Index::create().col("gestionnaire_id").col("motif_id"))
                .to_owned(),
        )
        .await
}

async fn directory(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let former = Table::alter().table("collectivite").add_column(text("anciens_noms").default("")).to_owned();
    manager.alter_table(former).await?;
    manager
        .create_table(
            Table::create()
                .table("import_repertoire")
                .col(text("id").primary_key())
                .col(big_integer("gestionnaire_id"))
                .col(big_integer("expire_le"))
                .col(boolean("windows"))
                .col(text("contenu"))
                .to_owned(),
        )
        .await
}

async fn outbox(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let told = Table::alter().table("gestionnaire").add_column(text("annonces").default("chaque")).to_owned();
    manager.alter_table(told).await?;
    let digest = Table::alter().table("gestionnaire").add_column(big_integer("resume_le").default(0)).to_owned();
    manager.alter_table(digest).await?;
    manager
        .create_table(
            Table::create()
                .table("pause_courriels")
                // One row at most.
                .col(big_integer("id").primary_key())
                .col(big_integer("par"))
                .col(big_integer("depuis"))
                .to_owned(),
        )
        .await?;
    for index in [
        "CREATE INDEX courriel_etat_id ON courriel (etat, id)",
        "CREATE INDEX courriel_envoye ON courriel (envoye_le) WHERE envoye_le IS NOT NULL",
    ] {
        manager.get_connection().execute_unprepared(index).await?;
    }
    Ok(())
}

async fn journal(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("sceau")
                .col(big_integer("rang").primary_key())
                // This is no foreign key: the seal stays when its line is removed.
                .col(big_integer_uniq("journal_id"))
                .col(text("mac"))
                .to_owned(),
        )
        .await?;
    manager
        .create_table(
            Table::create()
                .table("sceau_tete")
                // One row.
                .col(big_integer("id").primary_key())
                .col(big_integer("rang"))
                .col(text("mac"))
                .to_owned(),
        )
        .await?;
    for statement in [
        "INSERT INTO sceau_tete (id, rang, mac) VALUES (1, 0, '')",
        "CREATE INDEX journal_acteur ON journal (acteur, id)",
        "CREATE INDEX journal_action ON journal (action, le)",
        "CREATE INDEX journal_le ON journal (le)",
    ] {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}
