//! An open database, whichever its engine.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::instant::Millis;
use prometheus_client::metrics::histogram::Histogram;
use sea_orm::{
    ConnAcquireErr, ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, DbErr, Statement,
    TransactionTrait,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::opening::{Engine, OpenError, Opening, PATIENCE, PRESS_PATIENCE};
use super::{postgres, sqlite};
use crate::clock::{HOUR, Stopwatch};
use crate::error::BackendError;
use crate::metrics::attente::wait_times;

/// A due date or a lease further ahead than this is ignored: a wrong clock wrote it. No mail is put off for so long.
const AHEAD: Millis = 2 * HOUR;

/// An open database. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    connection: DatabaseConnection,
    engine: Engine,
    /// SQLite has one writer. This queue is fair; waiting on the file's lock is not.
    writer: Option<Arc<Semaphore>>,
    /// Who asks for a place waits here first, so that other writers wait behind few of them.
    presses: Arc<Semaphore>,
    /// How long writers waited for their turn and a connection, in seconds.
    waits: Histogram,
    _lock: Option<Arc<std::fs::File>>,
}

/// The connections of this process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    pub idle: u32,
    pub used: u32,
    pub max: u32,
}

/// A transaction that writes. If it is dropped without [`Write::commit`], nothing is written.
pub struct Write {
    transaction: DatabaseTransaction,
    _turn: Option<OwnedSemaphorePermit>,
    _press: Option<OwnedSemaphorePermit>,
}

impl Write {
    pub async fn commit(self) -> Result<(), BackendError> {
        Ok(self.transaction.commit().await?)
    }
}

impl std::ops::Deref for Write {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl Db {
    /// # Errors
    /// When the URL names no known engine, another process serves the file, or the database does not answer.
    pub async fn open(url: &str, opening: Opening) -> Result<Self, OpenError> {
        if url.starts_with("sqlite:") {
            let lock = match opening {
                Opening::Alone | Opening::AloneIfThere => Some(Arc::new(sqlite::lock(url)?)),
                Opening::Beside => None,
            };
            Ok(Self::new(sqlite::open(url, opening == Opening::Alone).await?, Engine::Sqlite, lock))
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::new(postgres::open(url).await?, Engine::Postgres, None))
        } else {
            Err(OpenError::Address)
        }
    }

    pub(super) fn new(connection: DatabaseConnection, engine: Engine, lock: Option<Arc<std::fs::File>>) -> Self {
        let writer = (engine == Engine::Sqlite).then(|| Arc::new(Semaphore::new(1)));
        let presses = match engine {
            Engine::Sqlite => 1,
            Engine::Postgres => postgres::PRESSES,
        };
        let presses = Arc::new(Semaphore::new(presses));
        Self { connection, engine, writer, presses, waits: wait_times(), _lock: lock }
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// For reads, and for single statements that need no transaction.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    /// Begins a transaction that writes: `BEGIN IMMEDIATE` on SQLite, read committed on PostgreSQL.
    ///
    /// # Errors
    /// When no connection comes free within two seconds.
    pub async fn begin(&self) -> Result<Write, BackendError> {
        let watch = Stopwatch::start();
        let turn = tokio::time::timeout(PATIENCE, self.turn())
            .await
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))
            .flatten();
        let begun = match (turn, self.engine) {
            (Err(error), _) => Err(error),
            (Ok(turn), Engine::Sqlite) => self.begin_sqlite(turn).await,
            (Ok(turn), Engine::Postgres) => {
                self.connection.begin().await.map(|transaction| Write { transaction, _turn: turn, _press: None })
            }
        };
        // A writer that gave up has waited too.
        self.waits.observe(watch.seconds());
        Ok(begun?)
    }

    /// Begins the transaction of a press. Hundreds come at the same moment and wait for one row, so they have a fair queue
    /// of their own, and a longer patience than other writers.
    ///
    /// # Errors
    /// When its turn does not come within ten seconds.
    pub async fn begin_press(&self) -> Result<Write, BackendError> {
        let press = tokio::time::timeout(PRESS_PATIENCE, self.presses.clone().acquire_owned())
            .await
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::Timeout))?
            .map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))?;
        let write = self.begin().await?;
        if self.engine == Engine::Postgres {
            write.transaction.execute_unprepared(postgres::WAIT_LONGER).await?;
        }
        Ok(Write { _press: Some(press), ..write })
    }

    /// How long writers waited, in seconds.
    pub fn waits(&self) -> &Histogram {
        &self.waits
    }

    pub fn pool(&self) -> Pool {
        let (size, idle, max) = match self.engine {
            Engine::Sqlite => sqlite::pool(&self.connection),
            Engine::Postgres => postgres::pool(&self.connection),
        };
        let idle = u32::try_from(idle).unwrap_or(u32::MAX).min(size);
        Pool { idle, used: size - idle, max }
    }

    async fn begin_sqlite(&self, turn: Option<OwnedSemaphorePermit>) -> Result<Write, DbErr> {
        let transaction = self.connection.begin_with_options(sqlite::write_options()).await?;
        Ok(Write { transaction, _turn: turn, _press: None })
    }

    /// Waits for its turn to write. PostgreSQL has no turns.
    async fn turn(&self) -> Result<Option<OwnedSemaphorePermit>, DbErr> {
        match &self.writer {
            Some(writer) => {
                let turn = writer.clone().acquire_owned().await;
                turn.map(Some).map_err(|_| DbErr::ConnectionAcquire(ConnAcquireErr::ConnectionClosed))
            }
            None => Ok(None),
        }
    }

    /// Begins a write transaction for work done once, and keeps other processes out. It waits without a limit: no
    /// request waits for it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin_setup(&self) -> Result<Write, DbErr> {
        match self.engine {
            Engine::Sqlite => self.begin_sqlite(self.turn().await?).await,
            Engine::Postgres => {
                let transaction = postgres::lock_setup(&self.connection).await?;
                Ok(Write { transaction, _turn: None, _press: None })
            }
        }
    }

    /// The time of the database's clock. Several servers agree on it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn now(&self) -> Result<Millis, DbErr> {
        let sql = format!("SELECT {} AS now", self.now_sql());
        let row = self.connection.query_one_raw(Statement::from_string(self.backend(), sql)).await?;
        row.ok_or_else(|| DbErr::RecordNotFound("the clock".to_owned()))?.try_get("", "now")
    }

    /// Leases up to `limit` queued mails for `lease`, so that no other worker takes them. `never_tried` chooses the
    /// lane: mails never tried, or the others. Returns each id and the end of its lease.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lease_courriels(
        &self,
        now: Millis,
        lease: Millis,
        limit: usize,
        never_tried: bool,
    ) -> Result<Vec<(i64, Millis)>, BackendError> {
        // The condition is written into the SQL text: with a parameter, the partial index would not be used.
        let (lane, index) =
            if never_tried { ("essais = 0", "courriel_neuf") } else { ("essais > 0", "courriel_repris") };
        let sql = match self.engine {
            Engine::Sqlite => sqlite::LEASE,
            Engine::Postgres => postgres::LEASE,
        }
        .replace("{now}", self.now_sql())
        .replace("{ahead}", &AHEAD.to_string())
        .replace("{lane}", lane)
        .replace("{index}", index);
        let values = [now.into(), lease.into(), i64::try_from(limit).unwrap_or(i64::MAX).into()];
        let write = self.begin().await?;
        let rows = write.query_all_raw(Statement::from_sql_and_values(self.backend(), sql, values)).await?;
        write.commit().await?;
        rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "verrouille_jusqu")?))).collect()
    }

    /// Copies the whole database, as of one instant, into a new file.
    ///
    /// # Errors
    /// When the file exists or cannot be written. Always on PostgreSQL: use its own `pg_dump`.
    pub async fn backup(&self, to: &Path) -> Result<(), DbErr> {
        match self.engine {
            Engine::Sqlite => sqlite::backup(&self.connection, to).await,
            Engine::Postgres => Err(DbErr::Custom("use pg_dump to back up a PostgreSQL database".to_owned())),
        }
    }

    /// What is wrong in the database, as far as the engine can tell. SQLite runs `integrity_check` and
    /// `foreign_key_check`. PostgreSQL checks its own pages when it reads them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn integrity(&self) -> Result<Vec<String>, DbErr> {
        match self.engine {
            Engine::Sqlite => sqlite::integrity(&self.connection).await,
            Engine::Postgres => Ok(Vec::new()),
        }
    }

    pub fn backend(&self) -> DatabaseBackend {
        match self.engine {
            Engine::Sqlite => DatabaseBackend::Sqlite,
            Engine::Postgres => DatabaseBackend::Postgres,
        }
    }

    fn now_sql(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => sqlite::NOW,
            Engine::Postgres => postgres::NOW,
        }
    }
}

/// The file of a SQLite URL. `None` for PostgreSQL.
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    url.starts_with("sqlite:").then(|| sqlite::path(url))
}
