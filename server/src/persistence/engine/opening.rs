//! What a database is opened as, and why it may not open.

use std::time::Duration;

use sea_orm::DbErr;

/// How long a request waits for a connection or for its turn to write. After that, the person is asked to come back.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// The same for who asks for a place: at the hour of an opening, hundreds wait for one row.
pub const PRESS_PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Why the database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// To serve, migrate or restore: on SQLite, one process at a time.
    Alone,
    /// The same, if the SQLite file already exists.
    AloneIfThere,
    /// Beside a process that serves. The SQLite file must exist.
    Beside,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("l’adresse de la base doit commencer par sqlite:// ou postgres://")]
    Address,
    #[error("un autre processus sert cette base (verrou {0})\u{a0}: arrêtez-le d’abord")]
    Locked(String),
    #[error("{path}\u{a0}: {source}")]
    Io { path: String, source: std::io::Error },
    #[error(transparent)]
    Database(#[from] DbErr),
}
