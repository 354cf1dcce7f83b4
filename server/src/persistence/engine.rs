//! The database, and all that only one engine speaks. Each function here has its twin in `sqlite` and `postgres`.

mod catalogue;
mod db;
mod opening;
mod postgres;
mod replacement;
mod schema;
mod sqlite;
pub mod steps;

pub use self::catalogue::{Column, Kind, Table};
pub use self::db::{Db, Pool, Write, sqlite_file};
pub use self::opening::{Engine, OpenError, Opening};
pub use self::replacement::{Replacement, RestoreError};
pub use self::schema::Schema;
