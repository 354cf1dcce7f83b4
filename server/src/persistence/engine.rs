//! The database, and all SQL that only one engine understands. Such a function has a version in `sqlite` and one in
//! `postgres`.

mod catalogue;
mod db;
mod opening;
mod postgres;
mod replacement;
mod schema;
mod sqlite;
pub mod steps;

pub use catalogue::{Column, Kind, Table};
pub use db::{Db, Pool, Write, sqlite_file};
pub use opening::{Engine, OpenError, Opening};
pub use replacement::{Replacement, RestoreError};
pub use schema::Schema;
