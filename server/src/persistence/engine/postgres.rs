//! PostgreSQL: several servers share one database.

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbErr, TransactionTrait,
};
use sea_orm_migration::SchemaManager;

use super::opening::{OpenError, PATIENCE};

const CONNECTIONS: u32 = 16;

/// The key of the setup's lock among the database's advisory locks: the bytes of "iel setup" folded to a number.
const SETUP_LOCK: i64 = 0x0069_656c_7365_7475;

pub const NOW: &str = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";

/// Skips rows that another server is leasing, instead of waiting for them.
pub const LEASE: &str = "UPDATE courriel SET verrouille_jusqu = {now} + $2, essais = essais + 1 WHERE id IN ( \
     SELECT id FROM courriel WHERE etat = 'queued' AND {lane} AND (prochain_essai_le <= $1 OR prochain_essai_le > $1 + {ahead}) \
     AND (verrouille_jusqu IS NULL OR verrouille_jusqu < {now} OR verrouille_jusqu > {now} + {ahead}) ORDER BY prochain_essai_le, id LIMIT $3 \
     FOR UPDATE SKIP LOCKED) RETURNING id, verrouille_jusqu";

pub async fn open(url: &str) -> Result<DatabaseConnection, OpenError> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(CONNECTIONS).acquire_timeout(PATIENCE).sqlx_logging(false).map_sqlx_postgres_opts(
        |options| options.options([("default_transaction_isolation", "read committed"), ("lock_timeout", "2000")]),
    );
    Ok(Database::connect(options).await?)
}

/// How many presses hold a connection at once: the others wait without one, and pages find theirs.
pub const PRESSES: usize = 4;

/// A press waits for the row of its session longer than others wait for a row.
pub const WAIT_LONGER: &str = "SET LOCAL lock_timeout = 10000";

/// The pool's size, idle connections and maximum.
pub fn pool(connection: &DatabaseConnection) -> (u32, usize, u32) {
    let pool = connection.get_postgres_connection_pool();
    (pool.size(), pool.num_idle(), CONNECTIONS)
}

/// The tables that last.
pub const TABLES: &str = "SELECT CAST(tablename AS text) AS name FROM pg_tables WHERE schemaname = current_schema() \
     AND tablename NOT IN ('seaql_migrations', 'compteur_client') ORDER BY 1";

/// The tables that table `$1` refers to.
pub const REFERENCES: &str = "SELECT DISTINCT CAST(other.relname AS text) AS name FROM pg_constraint \
     JOIN pg_class other ON other.oid = confrelid WHERE contype = 'f' AND conrelid = CAST($1 AS regclass)";

pub const COLUMNS: &str = "SELECT CAST(attname AS text) AS name, format_type(atttypid, NULL) AS kind, \
     CAST(COALESCE(array_position(CAST(indkey AS int2[]), attnum) + 1, 0) AS bigint) AS key \
     FROM pg_attribute LEFT JOIN pg_index ON indrelid = attrelid AND indisprimary \
     WHERE attrelid = CAST($1 AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attname COLLATE \"C\"";

/// No value when the table has no sequence of its own, or when the sequence gave no number yet.
pub const LAST_NUMBER: &str = "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence($1, 'id') AS regclass)) AS n";

pub const COUNT_FROM: &[&str] = &["SELECT setval(CAST(pg_get_serial_sequence($1, 'id') AS regclass), $2)"];

/// Waits until no other process sets the database up. The lock ends with the transaction.
pub async fn lock_setup(connection: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let transaction = connection.begin().await?;
    transaction.execute_unprepared("SET LOCAL lock_timeout = 0").await?;
    transaction.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({SETUP_LOCK})")).await?;
    Ok(transaction)
}

/// Writes one row for each statement and state, however many accounts the statement changed.
pub const STATE_COUNTERS: &[&str] = &[
    "CREATE FUNCTION compter_ajouts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     INSERT INTO mouvement (statut, n) SELECT statut, count(*) FROM apres GROUP BY statut; RETURN NULL; END $$",
    "CREATE FUNCTION compter_retraits() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     INSERT INTO mouvement (statut, n) SELECT statut, -count(*) FROM avant GROUP BY statut; RETURN NULL; END $$",
    "CREATE FUNCTION compter_changements() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     INSERT INTO mouvement (statut, n) SELECT statut, sum(n) FROM \
     (SELECT statut, 1 AS n FROM apres UNION ALL SELECT statut, -1 FROM avant) AS tout \
     GROUP BY statut HAVING sum(n) <> 0; RETURN NULL; END $$",
    "CREATE TRIGGER compte_ajout AFTER INSERT ON compte REFERENCING NEW TABLE AS apres \
     FOR EACH STATEMENT EXECUTE FUNCTION compter_ajouts()",
    "CREATE TRIGGER compte_retrait AFTER DELETE ON compte REFERENCING OLD TABLE AS avant \
     FOR EACH STATEMENT EXECUTE FUNCTION compter_retraits()",
    "CREATE TRIGGER compte_changement AFTER UPDATE ON compte REFERENCING OLD TABLE AS avant NEW TABLE AS apres \
     FOR EACH STATEMENT EXECUTE FUNCTION compter_changements()",
];

pub async fn order_by_bytes(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    let sql = format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE text COLLATE \"C\"");
    manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
}

/// The table is unlogged: counting must not wait for the disk, and a crash may lose the counts.
pub async fn create_client_counters(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .get_connection()
        .execute_unprepared(
            "CREATE UNLOGGED TABLE compteur_client (cle text PRIMARY KEY, debut bigint NOT NULL, n bigint NOT NULL)",
        )
        .await
        .map(|_| ())
}
