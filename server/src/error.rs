use domain::ports::{PortError, Reply};
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
        let Self::Database(
            DbErr::Exec(RuntimeErr::SqlxError(error))
            | DbErr::Query(RuntimeErr::SqlxError(error))
            | DbErr::Conn(RuntimeErr::SqlxError(error)),
        ) = self
        else {
            return false;
        };
        let code = error.as_database_error().and_then(|error| error.code());
        // `deadlock_detected` and `serialization_failure`.
        code.is_some_and(|code| matches!(&*code, "40P01" | "40001"))
    }

    /// Whether a unique index refused the write: another request was first.
    pub fn is_unique_violation(&self) -> bool {
        let Self::Database(error) = self else { return false };
        matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
    }
}

/// Ends a port. Logs an error once, with a number that the person can quote.
pub fn at_port<T>(port: &'static str, random: &dyn Random, outcome: Result<T, BackendError>) -> Reply<T> {
    outcome.map_err(|error| match error {
        BackendError::TooMany { seconds } => PortError::TooMany { seconds },
        error => {
            let incident = format!("{:08X}", random.u64() >> 32);
            tracing::error!(port, incident, %error, "a port failed");
            PortError::Unavailable { incident }
        }
    })
}
