//! SQLite: one file in WAL mode, one process that serves.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions,
};

use super::opening::{OpenError, PATIENCE};

/// Reads go on while the one writer writes.
const CONNECTIONS: u32 = 8;

/// Another process (`iel backup`, `iel invite`) may hold the file for a while.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

pub const NOW: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/// One statement is one transaction, so two leases cannot take the same row. The index is named: otherwise SQLite reads
/// all mails of the state.
pub const LEASE: &str = "UPDATE courriel SET verrouille_jusqu = {now} + $2, essais = essais + 1 WHERE id IN ( \
     SELECT id FROM courriel INDEXED BY {index} WHERE etat = 'queued' AND {lane} AND (prochain_essai_le <= $1 OR prochain_essai_le > $1 + {ahead}) \
     AND (verrouille_jusqu IS NULL OR verrouille_jusqu < {now} OR verrouille_jusqu > {now} + {ahead}) ORDER BY prochain_essai_le, id LIMIT $3) \
     RETURNING id, verrouille_jusqu";

/// Writes one or two rows for each change of state.
pub const STATE_COUNTERS: &[&str] = &[
    "CREATE TRIGGER compte_ajout AFTER INSERT ON compte \
     BEGIN INSERT INTO mouvement (statut, n) VALUES (NEW.statut, 1); END",
    "CREATE TRIGGER compte_retrait AFTER DELETE ON compte \
     BEGIN INSERT INTO mouvement (statut, n) VALUES (OLD.statut, -1); END",
    "CREATE TRIGGER compte_changement AFTER UPDATE OF statut ON compte WHEN OLD.statut <> NEW.statut \
     BEGIN INSERT INTO mouvement (statut, n) VALUES (OLD.statut, -1), (NEW.statut, 1); END",
];

/// The tables that last.
pub const TABLES: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
     AND name <> 'seaql_migrations' ORDER BY name";

/// The tables that table `$1` refers to.
pub const REFERENCES: &str = "SELECT DISTINCT \"table\" AS name FROM pragma_foreign_key_list($1)";

pub const COLUMNS: &str =
    "SELECT name, type AS kind, CAST(pk AS bigint) AS \"key\" FROM pragma_table_info($1) ORDER BY name";

/// No row when nothing was ever inserted into the table.
pub const LAST_NUMBER: &str = "SELECT CAST(seq AS bigint) AS n FROM sqlite_sequence WHERE name = $1";

pub const COUNT_FROM: &[&str] = &[
    "UPDATE sqlite_sequence SET seq = $2 WHERE name = $1",
    "INSERT INTO sqlite_sequence (name, seq) SELECT $1, $2 \
     WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $1)",
];

/// Opens the file. Creates it if it does not exist and `may_create` is true.
pub async fn open(url: &str, may_create: bool) -> Result<DatabaseConnection, OpenError> {
    let path = path(url);
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |source| OpenError::Io { path, source }
    };
    if let Some(parent) = path.parent().filter(|parent| may_create && !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent).map_err(io(parent))?;
    }
    // The file holds personal data, so only its owner may read it. SQLite gives its journal the same rights.
    OpenOptions::new().create(may_create).append(true).mode(0o600).open(&path).map_err(io(&path))?;
    Ok(connect(&path).await?)
}

/// Opens a file that is there.
pub async fn connect(path: &Path) -> Result<DatabaseConnection, DbErr> {
    let path = path.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(CONNECTIONS).acquire_timeout(PATIENCE).sqlx_logging(false).map_sqlx_sqlite_opts(
        move |options| {
            options
                .filename(&path)
                .in_memory(false)
                .shared_cache(false)
                .journal_mode(SqliteJournalMode::Wal)
                // A commit is on the disk before its answer leaves.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
        },
    );
    // SQLite ends a transaction by itself when the disk is full, and sqlx does not know it. It takes the next
    // transactions on that connection for parts of the former one. So it acknowledges commits that never happen: such a
    // connection is dropped. The pool's ping runs first and waits for queued work, such as a rollback.
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.test_before_acquire(true)
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
    });
    Database::connect(options).await
}

/// The pool's size, idle connections and maximum.
pub fn pool(connection: &DatabaseConnection) -> (u32, usize, u32) {
    let pool = connection.get_sqlite_connection_pool();
    (pool.size(), pool.num_idle(), CONNECTIONS)
}

/// Locks the database against other serving processes. The lock ends when the returned file is closed.
pub fn lock(url: &str) -> Result<File, OpenError> {
    let mut name = path(url).into_os_string();
    name.push(".lock");
    let path = PathBuf::from(name);
    let io = |source| OpenError::Io { path: path.display().to_string(), source };
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent).map_err(io)?;
    }
    let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path).map_err(io)?;
    match fs4::FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(fs4::TryLockError::WouldBlock) => Err(OpenError::Locked(path.display().to_string())),
        Err(fs4::TryLockError::Error(source)) => Err(io(source)),
    }
}

/// Takes the writer's place at the start. A transaction that reads first would fail if another writer came between.
pub fn write_options() -> TransactionOptions {
    TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() }
}

/// Copies the database into a file that only its owner may read. The file is on the disk when the function returns.
pub async fn backup(connection: &DatabaseConnection, to: &Path) -> Result<(), DbErr> {
    let io = |error: io::Error| DbErr::Custom(format!("{}\u{a0}: {error}", to.display()));
    let name = to.to_str().ok_or_else(|| DbErr::Custom("the file's name must be UTF-8".to_owned()))?;
    // `VACUUM INTO` accepts a file that exists if it is empty.
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(io)?;
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), "VACUUM INTO $1", [name.into()]);
    if let Err(error) = connection.execute_raw(statement).await {
        // Removes a half-written backup: nobody must take it for a whole one.
        std::fs::remove_file(to).map_err(io)?;
        return Err(error);
    }
    file.sync_all().and_then(|()| sync_folder(to)).map_err(io)
}

/// The errors in the file: broken rules of SQLite, and references to missing rows. Empty when the file is sound.
pub async fn integrity(connection: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    let query = |sql| connection.query_all_raw(Statement::from_string(connection.get_database_backend(), sql));
    let mut faults = Vec::new();
    for row in query("PRAGMA integrity_check(20)").await? {
        let said: String = row.try_get_by_index(0)?;
        if said != "ok" {
            faults.push(said);
        }
    }
    for row in query("PRAGMA foreign_key_check").await?.iter().take(20) {
        let (table, parent): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
        faults.push(format!("une ligne de {table} renvoie à une ligne de {parent} qui n’existe pas"));
    }
    Ok(faults)
}

/// Writes the folder to the disk, so that a created or removed name lasts.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

/// The file of a SQLite URL.
pub fn path(url: &str) -> PathBuf {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    PathBuf::from(rest.split('?').next().unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::persistence::engine::{Db, Opening};

    #[test]
    fn the_file_is_found_in_the_address() {
        for (url, expected) in [
            ("sqlite://data/iel.db", "data/iel.db"),
            ("sqlite:///var/iel.db", "/var/iel.db"),
            ("sqlite:iel.db?mode=rwc", "iel.db"),
        ] {
            assert_eq!(path(url), PathBuf::from(expected), "{url}");
        }
    }

    #[tokio::test]
    async fn a_transaction_that_sqlite_ended_by_itself_spoils_none_after_it() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/iel.db", folder.path().display());
        let db = Db::open(&url, Opening::Alone).await.unwrap();
        let witness = Db::open(&url, Opening::Beside).await.unwrap();
        db.connection().execute_unprepared("CREATE TABLE t (n integer PRIMARY KEY)").await.unwrap();
        for n in 1..=20 {
            let failed = db.begin().await.unwrap();
            // SQLite ends the transaction here, as it does when the disk is full.
            let twice = "INSERT OR ROLLBACK INTO t VALUES (-1), (-1)";
            failed.execute_unprepared(twice).await.unwrap_err();
            drop(failed);
            drop(db.begin().await.unwrap());
            let write = db.begin().await.unwrap();
            write.execute_unprepared(&format!("INSERT INTO t VALUES ({n})")).await.unwrap();
            write.commit().await.unwrap();
            let count = Statement::from_string(db.backend(), "SELECT count(*) FROM t");
            let found: i64 =
                witness.connection().query_one_raw(count).await.unwrap().unwrap().try_get_by_index(0).unwrap();
            assert_eq!(found, n, "what was committed is there for others");
        }
    }

    #[test]
    fn a_second_serving_process_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/iel.db", folder.path().display());
        let first = lock(&url).unwrap();
        assert!(matches!(lock(&url), Err(OpenError::Locked(_))));
        drop(first);
        lock(&url).unwrap();
    }
}
