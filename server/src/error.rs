use std::panic::Location;

use app::base::port::Fault;
use std::borrow::Cow;

use sea_orm::{DbErr, RuntimeErr};

use crate::clock::Random;

/// Why a port failed. It contains no text that a person typed.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    #[error("database: {0}")]
    Database(#[from] DbErr),
    #[error("{table}.{column} holds something that can't be read")]
    Corrupt { table: &'static str, column: &'static str },
    #[error("over a limit for {seconds} s")]
    TooMany { seconds: u32 },
    #[error("every password hasher is busy")]
    Busy,
    #[error("password hashing: {0}")]
    Password(String),
    #[error("the file of leaked passwords: {0}")]
    Fuites(std::io::Error),
    #[error("the chain of seals does not end as this key left it: nothing is sealed, see iel check")]
    Chain,
    #[error("a background task died")]
    Task,
}

impl BackendError {
    /// Whether the engine ended the transaction because of a deadlock or a conflict. Nothing of it was written.
    pub fn is_conflict(&self) -> bool {
        // `deadlock_detected` and `serialization_failure`.
        self.code().is_some_and(|code| matches!(&*code, "40P01" | "40001"))
    }

    /// The code that the engine gives to the error.
    fn code(&self) -> Option<Cow<'_, str>> {
        let Self::Database(
            DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error))
            | DbErr::Conn(RuntimeErr::SqlxError(error)),
        ) = self
        else {
            return None;
        };
        error.as_database_error()?.code()
    }

    /// Whether the turn, a connection or a lock did not come in time. Nothing was written.
    pub fn is_wait_too_long(&self) -> bool {
        match self {
            Self::Database(DbErr::ConnectionAcquire(_)) => true,
            // `lock_not_available`; SQLITE_BUSY.
            Self::Database(_) => self.code().is_some_and(|code| matches!(&*code, "55P03" | "5" | "517")),
            _ => false,
        }
    }

    /// Whether a unique index refused the write: another request was first.
    pub fn is_unique_violation(&self) -> bool {
        let Self::Database(error) = self else { return false };
        matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
    }
}

impl From<BackendError> for Fault {
    #[track_caller]
    fn from(error: BackendError) -> Self {
        match error {
            BackendError::TooMany { seconds } => Self::TooMany { seconds },
            error => Self::Failed { cause: Box::new(error), at: Location::caller() },
        }
    }
}

/// Logs a fault. Gives the number that the person may quote.
pub fn incident(fault: &Fault, random: &dyn Random) -> String {
    let incident = format!("{:08X}", random.u64() >> 32);
    let at = match fault {
        Fault::Failed { at, .. } => at.to_string(),
        Fault::TooMany { .. } => String::new(),
    };
    tracing::error!(incident, at, error = %fault, "a port failed");
    incident
}
