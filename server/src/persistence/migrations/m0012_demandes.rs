//! Indexes that keep the queue fast with a million files. Tables for the gestionnaires' common work: claims, held
//! decisions, notes.

use sea_orm::{ConnectionTrait, EntityTrait, Set, Statement};
use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::persistence::entities::compte_mot;
use crate::persistence::{engine, mots};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Each order of the queue has two indexes, with and without the state. Both engines understand this SQL.
const INDEXES: [&str; 10] = [
    "CREATE INDEX compte_file_age ON compte (statut, COALESCE(attend_depuis, envoyee_le), id)",
    "CREATE INDEX compte_age ON compte (COALESCE(attend_depuis, envoyee_le), id)",
    "CREATE INDEX compte_file_nom ON compte (statut, nom_cle, id)",
    "CREATE INDEX compte_nom ON compte (nom_cle, id)",
    "CREATE INDEX compte_cas ON compte (cas, id)",
    "CREATE INDEX compte_collectivite ON compte (collectivite_id, id)",
    "CREATE INDEX compte_date_naissance ON compte (date_naissance)",
    "CREATE INDEX compte_mobile ON compte (mobile)",
    "CREATE INDEX compte_fixe ON compte (fixe)",
    "CREATE INDEX courriel_abandonne ON courriel (compte_id) WHERE etat = 'dead' AND gestionnaire_id IS NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for index in INDEXES {
            db.execute_unprepared(index).await?;
        }
        words(manager).await?;
        counters(manager).await?;
        claims(manager).await?;
        decisions(manager).await?;
        notes(manager).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The words of the folded names. A search looks for the first letters of a word.
async fn words(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("compte_mot")
                .col(text("mot"))
                .col(big_integer("compte_id"))
                .primary_key(Index::create().col("mot").col("compte_id"))
                .foreign_key(&mut of_account("compte_mot"))
                .to_owned(),
        )
        .await?;
    engine::steps::order_by_bytes(manager, "compte_mot", "mot").await?;
    manager
        .create_index(Index::create().name("compte_mot_compte").table("compte_mot").col("compte_id").to_owned())
        .await?;
    let db = manager.get_connection();
    let mut after = 0_i64;
    loop {
        let sql = "SELECT id, nom_cle FROM compte WHERE id > $1 ORDER BY id LIMIT 1000";
        let rows =
            db.query_all_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, [after.into()])).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            after = row.try_get("", "id")?;
            let nom_cle = row.try_get::<String>("", "nom_cle")?;
            let word = |word: &str| compte_mot::ActiveModel { mot: Set(word.to_owned()), compte_id: Set(after) };
            compte_mot::Entity::insert_many(mots::of(&nom_cle).into_iter().map(word))
                .exec_without_returning(db)
                .await?;
        }
    }
}

/// The number of accounts in each state, stored as changes to add up: writers never wait for each other's row.
async fn counters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("mouvement")
                .col(big_pk_auto("id"))
                .col(text("statut"))
                .col(big_integer("n"))
                .to_owned(),
        )
        .await?;
    let counted = "INSERT INTO mouvement (statut, n) SELECT statut, count(*) FROM compte GROUP BY statut";
    manager.get_connection().execute_unprepared(counted).await?;
    engine::steps::create_state_counters(manager).await
}

async fn claims(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("prise")
                .col(big_integer("compte_id").primary_key())
                .col(big_integer("gestionnaire_id"))
                .col(big_integer("jusqu_a"))
                .foreign_key(&mut of_account("prise"))
                .foreign_key(ForeignKey::create().from("prise", "gestionnaire_id").to("gestionnaire", "id"))
                .to_owned(),
        )
        .await
}

async fn decisions(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("decision")
                .col(big_pk_auto("id"))
                .col(big_integer("compte_id"))
                .col(big_integer("version"))
                .col(text("verdict"))
                .col(big_integer_null("motif_id"))
                .col(text("message"))
                .col(text("remarques"))
                .col(text_null("lot"))
                .col(big_integer("par"))
                .col(big_integer("prise_le"))
                .col(big_integer("effet_le"))
                .col(big_integer_null("annulee_le"))
                .col(big_integer_null("appliquee_le"))
                .foreign_key(&mut of_account("decision"))
                .foreign_key(ForeignKey::create().from("decision", "motif_id").to("motif", "id"))
                .foreign_key(ForeignKey::create().from("decision", "par").to("gestionnaire", "id"))
                .to_owned(),
        )
        .await?;
    let db = manager.get_connection();
    // A version of an account has one decision at most. Both engines understand this SQL.
    db.execute_unprepared(
        "CREATE UNIQUE INDEX decision_unique ON decision (compte_id, version) WHERE annulee_le IS NULL",
    )
    .await?;
    db.execute_unprepared(
        "CREATE INDEX decision_tenue ON decision (effet_le) WHERE annulee_le IS NULL AND appliquee_le IS NULL",
    )
    .await?;
    Ok(())
}

async fn notes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("note")
                .col(big_pk_auto("id"))
                .col(big_integer("compte_id"))
                .col(big_integer("gestionnaire_id"))
                .col(text("texte"))
                .col(big_integer("le"))
                .foreign_key(&mut of_account("note"))
                .foreign_key(ForeignKey::create().from("note", "gestionnaire_id").to("gestionnaire", "id"))
                .to_owned(),
        )
        .await?;
    manager.create_index(Index::create().name("note_compte").table("note").col("compte_id").to_owned()).await
}

fn of_account(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "compte_id").to("compte", "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}
