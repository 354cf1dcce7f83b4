//! The errors of a port that nobody expects.

use std::error::Error;
use std::panic::Location;

/// Why a port did not answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("over a limit for {seconds} s")]
    TooMany { seconds: u32 },
    #[error("{cause}")]
    Failed {
        cause: Box<dyn Error + Send + Sync>,
        /// The line of the port that gave up.
        at: &'static Location<'static>,
    },
}

pub type Reply<T> = Result<T, Fault>;
