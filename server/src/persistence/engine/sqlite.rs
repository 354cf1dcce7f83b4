//! SQLite: one file in WAL, one serving process.

use std::fs::{File, OpenOptions};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions,
};

use super::{OpenError, PATIENCE};

/// Reads go on beside the one writer.
const CONNECTIONS: u32 = 8;

/// Another process (`iel backup`, `iel invite`) may hold the file for a while.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

pub const NOW: &str = "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/// One statement is one transaction: no two leases see the same row free.
pub const LEASE: &str = "UPDATE courriel SET verrouille_jusqu = {now} + $2, essais = essais + 1 WHERE id IN ( \
     SELECT id FROM courriel WHERE etat = 'queued' AND prochain_essai_le <= $1 \
     AND (verrouille_jusqu IS NULL OR verrouille_jusqu < {now}) ORDER BY prochain_essai_le, id LIMIT $3) \
     RETURNING id, verrouille_jusqu";

/// One row a change.
pub const STATE_COUNTERS: &[&str] = &[
    "CREATE TRIGGER compte_ajout AFTER INSERT ON compte \
     BEGIN INSERT INTO mouvement (statut, n) VALUES (NEW.statut, 1); END",
    "CREATE TRIGGER compte_retrait AFTER DELETE ON compte \
     BEGIN INSERT INTO mouvement (statut, n) VALUES (OLD.statut, -1); END",
    "CREATE TRIGGER compte_changement AFTER UPDATE OF statut ON compte WHEN OLD.statut <> NEW.statut \
     BEGIN INSERT INTO mouvement (statut, n) VALUES (OLD.statut, -1), (NEW.statut, 1); END",
];

pub async fn open(url: &str) -> Result<DatabaseConnection, OpenError> {
    let path = path(url);
    if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        std::fs::create_dir_all(parent)
            .map_err(|source| OpenError::Io { path: parent.display().to_string(), source })?;
    }
    // The file holds personal data: only its owner reads it, and SQLite gives its journal the same rights.
    OpenOptions::new()
        .create(true)
        .append(true)
        .mode(0o600)
        .open(&path)
        .map_err(|source| OpenError::Io { path: path.display().to_string(), source })?;
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.max_connections(CONNECTIONS).acquire_timeout(PATIENCE).sqlx_logging(false).map_sqlx_sqlite_opts(
        move |options| {
            options
                .filename(&path)
                .in_memory(false)
                .shared_cache(false)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // A commit is on the disk before its answer leaves.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT)
        },
    );
    Ok(Database::connect(options).await?)
}

/// Keeps other serving processes away until the file returned is closed.
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

/// A write that first only reads would fail when another writer came between: take the writer's place at once.
pub fn write_options() -> TransactionOptions {
    TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() }
}

pub async fn backup(connection: &DatabaseConnection, to: &Path) -> Result<(), DbErr> {
    let to = to.to_str().ok_or_else(|| DbErr::Custom("the file's name must be UTF-8".to_owned()))?;
    let statement = Statement::from_sql_and_values(connection.get_database_backend(), "VACUUM INTO $1", [to.into()]);
    connection.execute_raw(statement).await.map(|_| ())
}

fn path(url: &str) -> PathBuf {
    let rest = url.strip_prefix("sqlite:").unwrap_or(url);
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    PathBuf::from(rest.split('?').next().unwrap_or(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

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
