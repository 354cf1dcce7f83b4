//! Puts a backup in place of the database: copied beside it, checked there, then renamed over it.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sea_orm::DbErr;

use super::db::Db;
use super::opening::{Engine, OpenError};
use super::schema::Schema;
use super::sqlite::{connect, lock, path, sync_folder};

/// The suffixes of the files that SQLite keeps beside a database in use.
const BESIDE: [&str; 2] = ["-wal", "-shm"];

#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    #[error(
        "«\u{a0}iel restore\u{a0}» remplace un fichier SQLite\u{a0}; pour PostgreSQL, restaurez dans une base vide avec \
         pg_restore --no-owner --exit-on-error --dbname=ADRESSE FICHIER"
    )]
    Postgres,
    #[error("{0} contient déjà une base\u{a0}: ajoutez --force pour la remplacer (elle sera perdue)")]
    NotEmpty(String),
    #[error(
        "{0} est une base en service, avec ses écritures à part (-wal)\u{a0}: donnez un fichier fait par «\u{a0}iel \
         backup\u{a0}»"
    )]
    InUse(String),
    #[error("{file} n’est pas une sauvegarde saine\u{a0}: {why}")]
    Damaged { file: String, why: String },
    #[error("{0} n’est pas une base de ce programme")]
    Foreign(String),
    #[error("{file} vient d’une version plus récente du programme (étape {step})\u{a0}: installez-la d’abord")]
    Newer { file: String, step: String },
    #[error("{path}\u{a0}: {source}")]
    Io { path: String, source: io::Error },
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// A copy of a backup, checked and brought up to date, beside the database to replace. If it is dropped before
/// [`Replacement::put`], it leaves nothing.
pub struct Replacement {
    db: Db,
    part: Part,
    target: PathBuf,
    /// Whether the backup had an older schema.
    pub migrated: bool,
}

/// The file of the copy. A drop removes it; after the renaming there is nothing to remove.
struct Part(PathBuf);

impl Replacement {
    /// Copies `from` beside the database at `url`, checks the copy and migrates it.
    ///
    /// # Errors
    /// When a process serves the database, or the database holds data and `overwrite` is false. When the backup is
    /// damaged, in use, or of an unknown schema.
    pub async fn prepare(url: &str, from: &Path, overwrite: bool) -> Result<Self, RestoreError> {
        if !url.starts_with("sqlite:") {
            return Err(RestoreError::Postgres);
        }
        let file = from.display().to_string();
        let lock = lock(url)?;
        let target = path(url);
        if !overwrite && (holds_something(&target) || holds_something(&beside(&target, "-wal"))) {
            return Err(RestoreError::NotEmpty(target.display().to_string()));
        }
        if holds_something(&beside(from, "-wal")) {
            return Err(RestoreError::InUse(file));
        }
        let part = Part(beside(&target, ".restauration"));
        part.remove();
        copy(from, &part.0)?;
        let damaged = |why: String| RestoreError::Damaged { file: file.clone(), why };
        let connection = connect(&part.0).await.map_err(|error| damaged(error.to_string()))?;
        let db = Db::new(connection, Engine::Sqlite, Some(Arc::new(lock)));
        match db.integrity().await {
            Ok(faults) if faults.is_empty() => {}
            Ok(faults) => return Err(damaged(faults.join(", "))),
            Err(error) => return Err(damaged(error.to_string())),
        }
        let migrated = match db.schema().await? {
            Schema::Current => false,
            Schema::Older => true,
            Schema::Newer(step) => return Err(RestoreError::Newer { file, step }),
            Schema::Foreign => return Err(RestoreError::Foreign(file)),
        };
        db.migrate().await?;
        Ok(Self { db, part, target, migrated })
    }

    /// The opened copy.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Renames the copy over the database. If it fails at any point, one of the two files is there, whole.
    ///
    /// # Errors
    /// When a file can't be written, renamed or removed.
    pub async fn put(self) -> Result<(), RestoreError> {
        // When the last connection closes, SQLite moves everything from the log into the one file.
        self.db.connection().clone().close().await?;
        if holds_something(&beside(&self.part.0, "-wal")) {
            return Err(io_error(&self.part.0)(io::Error::other("des écritures sont restées à part")));
        }
        File::open(&self.part.0).and_then(|file| file.sync_all()).map_err(io_error(&self.part.0))?;
        // The same for the former database: if the machine stops before the renaming, it must be whole without its log.
        // A damaged database does not open, and has nothing left to save.
        if self.target.exists()
            && let Ok(former) = connect(&self.target).await
        {
            former.close().await?;
        }
        // A command that has the former file open may have left these files. They are removed before the renaming:
        // SQLite would apply such a log to the new database.
        for suffix in BESIDE {
            let path = beside(&self.target, suffix);
            match std::fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(io_error(&path)(error)),
                _ => {}
            }
        }
        sync_folder(&self.target).map_err(io_error(&self.target))?;
        std::fs::rename(&self.part.0, &self.target).map_err(io_error(&self.target))?;
        sync_folder(&self.target).map_err(io_error(&self.target))
    }
}

impl Part {
    fn remove(&self) {
        for path in [self.0.clone(), beside(&self.0, BESIDE[0]), beside(&self.0, BESIDE[1])] {
            if let Err(error) = std::fs::remove_file(&path)
                && error.kind() != io::ErrorKind::NotFound
            {
                tracing::warn!(%error, path = %path.display(), "a file could not be removed");
            }
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Copies into a new file that only its owner may read.
fn copy(from: &Path, to: &Path) -> Result<(), RestoreError> {
    let mut source = File::open(from).map_err(io_error(from))?;
    let mut copy = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to).map_err(io_error(to))?;
    io::copy(&mut source, &mut copy).map_err(io_error(to))?;
    copy.sync_all().map_err(io_error(to))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn holds_something(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() > 0)
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> RestoreError {
    let path = path.display().to_string();
    move |source| RestoreError::Io { path: path.clone(), source }
}
