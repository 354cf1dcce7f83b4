//! A backup taken while the service runs, and its way back.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sea_orm::ConnectionTrait;
use server::backend::cle::Cle;
use server::persistence::engine::{Db, OpenError, Opening, Replacement, RestoreError, Schema};
use tempfile::TempDir;

use super::support::Monde;

/// A served world with an account and a sealed journal, and its backup.
async fn saved() -> (Monde, TempDir, PathBuf) {
    let monde = Monde::on_sqlite().await;
    monde.activated("anne@exemple.fr").await;
    monde.backend.seal_journal().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("sauvegarde.db");
    monde.backend.db().backup(&backup).await.unwrap();
    (monde, folder, backup)
}

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

fn mode(file: &Path) -> u32 {
    std::fs::metadata(file).unwrap().permissions().mode() & 0o777
}

/// The files in a folder, by name.
fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

async fn prepare(target: &Path, backup: &Path, force: bool) -> Result<Replacement, RestoreError> {
    Replacement::prepare(&url(target), backup, force).await
}

async fn refusal(target: &Path, backup: &Path) -> String {
    prepare(target, backup, false).await.err().expect("a refusal").to_string().replace('\u{a0}', " ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_people_sign_up_is_whole_and_comes_back() {
    let monde = Monde::on_sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("sauvegarde.db");
    let sign_ups = async {
        for at in 0..8 {
            monde.submit(&format!("anne{at}@exemple.fr")).await;
            monde.backend.seal_journal().await.unwrap();
        }
    };
    let copy = async {
        while monde.number("SELECT count(*) FROM compte").await < 3 {
            tokio::task::yield_now().await;
        }
        monde.backend.db().backup(&backup).await.unwrap();
    };
    tokio::join!(sign_ups, copy);
    assert_eq!(mode(&backup), 0o600);

    let target = folder.path().join("ailleurs/iel.db");
    let replacement = prepare(&target, &backup, false).await.unwrap();
    assert!(!replacement.migrated);
    replacement.put().await.unwrap();
    assert_eq!(files(target.parent().unwrap()), ["iel.db", "iel.db.lock"]);
    assert_eq!(mode(&target), 0o600);

    let restored = monde.restored(&url(&target)).await;
    assert_eq!(restored.backend.db().integrity().await.unwrap(), Vec::<String>::new());
    assert_eq!(restored.backend.check_journal().await.unwrap().anomalies, Vec::<String>::new());
    // The backup is of one instant: each request has its journal line and its mail.
    let comptes = restored.number("SELECT count(*) FROM compte").await;
    assert!((3..=8).contains(&comptes), "{comptes}");
    assert_eq!(restored.number("SELECT count(*) FROM journal WHERE action = 'envoi'").await, comptes);
    assert_eq!(restored.number("SELECT count(*) FROM courriel").await, comptes);
    assert_eq!(restored.number("SELECT CAST(sum(n) AS bigint) FROM mouvement").await, comptes);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_replaced_while_a_process_serves_it_or_without_force() {
    let (monde, folder, backup) = saved().await;
    let target = folder.path().join("iel.db");
    let serving = Db::open(&url(&target), Opening::Alone).await.unwrap();
    serving.migrate().await.unwrap();
    assert!(matches!(prepare(&target, &backup, true).await, Err(RestoreError::Open(OpenError::Locked(_)))));
    serving.connection().clone().close().await.unwrap();
    drop(serving);

    let before = std::fs::read(&target).unwrap();
    assert!(matches!(prepare(&target, &backup, false).await, Err(RestoreError::NotEmpty(_))));
    // A restore that is prepared and given up changes nothing and leaves nothing.
    drop(prepare(&target, &backup, true).await.unwrap());
    assert_eq!(std::fs::read(&target).unwrap(), before);
    assert_eq!(files(folder.path()), ["iel.db", "iel.db.lock", "sauvegarde.db"]);

    // A log that stayed behind must not be replayed over the backup.
    std::fs::write(folder.path().join("iel.db-wal"), b"the log of another time").unwrap();
    std::fs::set_permissions(&target, Permissions::from_mode(0o644)).unwrap();
    prepare(&target, &backup, true).await.unwrap().put().await.unwrap();
    assert_eq!(files(folder.path()), ["iel.db", "iel.db.lock", "sauvegarde.db"]);
    assert_eq!(mode(&target), 0o600);
    // A log that a command beside the service still holds open must not be replayed either.
    let beside = Db::open(&url(&target), Opening::Beside).await.unwrap();
    beside.connection().execute_unprepared("DELETE FROM compte").await.unwrap();
    assert!(files(folder.path()).contains(&"iel.db-wal".to_owned()));
    prepare(&target, &backup, true).await.unwrap().put().await.unwrap();
    assert_eq!(files(folder.path()), ["iel.db", "iel.db.lock", "sauvegarde.db"]);
    beside.connection().clone().close().await.unwrap();
    let restored = monde.restored(&url(&target)).await;
    assert_eq!(restored.number("SELECT count(*) FROM compte").await, 1);
    assert_eq!(restored.backend.key_of_database().await.unwrap(), Cle::Bonne);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_whole_backup_of_ours_is_refused_and_leaves_nothing() {
    let (_monde, folder, backup) = saved().await;
    let nothing_left = |case: &str| {
        let left = files(folder.path().join("cible").as_path());
        assert_eq!(left, ["iel.db.lock"], "{case}");
    };
    let target = folder.path().join("cible/iel.db");

    let no_database = folder.path().join("photo.jpg");
    std::fs::write(&no_database, vec![0x5a; 8192]).unwrap();
    assert!(refusal(&target, &no_database).await.contains("n’est pas une sauvegarde saine"));
    nothing_left("no database");

    // A page in the middle of the file is overwritten.
    let mut bytes = std::fs::read(&backup).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 4096].fill(0x5a);
    let damaged = folder.path().join("abimee.db");
    std::fs::write(&damaged, &bytes).unwrap();
    assert!(refusal(&target, &damaged).await.contains("n’est pas une sauvegarde saine"));
    nothing_left("damaged");

    let cut = folder.path().join("coupee.db");
    std::fs::write(&cut, &std::fs::read(&backup).unwrap()[..middle]).unwrap();
    assert!(refusal(&target, &cut).await.contains("n’est pas une sauvegarde saine"));
    nothing_left("cut");

    let foreign = folder.path().join("autre.db");
    edit(&foreign, &["CREATE TABLE recettes (id INTEGER PRIMARY KEY)"]).await;
    assert!(refusal(&target, &foreign).await.contains("n’est pas une base de ce programme"));
    nothing_left("foreign");

    let newer = folder.path().join("plus-recente.db");
    std::fs::copy(&backup, &newer).unwrap();
    edit(&newer, &["INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_demain', 0)"]).await;
    assert!(refusal(&target, &newer).await.contains("plus récente du programme (étape m9999_demain)"));
    nothing_left("newer");

    // A reference to a row that is not there.
    let orphan = folder.path().join("orpheline.db");
    std::fs::copy(&backup, &orphan).unwrap();
    edit(&orphan, &["PRAGMA foreign_keys = OFF", "UPDATE compte SET collectivite_id = 999999"]).await;
    assert!(refusal(&target, &orphan).await.contains("une ligne de compte renvoie à une ligne de collectivite"));
    nothing_left("orphan");

    // The file belongs to a running service, which keeps its last writes in the log.
    let live = folder.path().join("vivante.db");
    std::fs::copy(&backup, &live).unwrap();
    std::fs::write(folder.path().join("vivante.db-wal"), b"writes").unwrap();
    assert!(refusal(&target, &live).await.contains("est une base en service"));
    nothing_left("live");

    assert!(matches!(
        Replacement::prepare("postgres://localhost/iel", &backup, true).await,
        Err(RestoreError::Postgres)
    ));
}

/// Changes a file through one connection, outside any service.
async fn edit(file: &Path, statements: &[&str]) {
    let mut options = sea_orm::ConnectOptions::new(format!("{}?mode=rwc", url(file)));
    options.max_connections(1);
    let connection = sea_orm::Database::connect(options).await.unwrap();
    for statement in statements {
        connection.execute_unprepared(statement).await.unwrap();
    }
    connection.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_an_older_schema_is_brought_up_to_date() {
    let (_monde, folder, _) = saved().await;
    let old = folder.path().join("ancienne.db");
    let db = Db::open(&url(&old), Opening::Alone).await.unwrap();
    use sea_orm_migration::MigratorTrait;
    server::persistence::migrations::Migrator::up(db.connection(), Some(3)).await.unwrap();
    assert_eq!(db.schema().await.unwrap(), Schema::Older);
    db.connection().clone().close().await.unwrap();
    drop(db);
    let target = folder.path().join("iel.db");
    let replacement = prepare(&target, &old, false).await.unwrap();
    assert!(replacement.migrated);
    replacement.put().await.unwrap();
    assert_eq!(Db::open(&url(&target), Opening::Beside).await.unwrap().schema().await.unwrap(), Schema::Current);
}

on_both_engines! {
    async fn a_program_serves_on_a_newer_schema_and_refuses_an_older_one(monde: Monde) {
        let db = monde.backend.db();
        monde.execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_demain', 0)").await;
        assert_eq!(db.schema().await.unwrap(), Schema::Newer("m9999_demain".to_owned()));
        db.migrate().await.unwrap();
        assert!(db.is_ready().await);
        monde.activated("anne@exemple.fr").await;
        monde.execute("DELETE FROM seaql_migrations WHERE version LIKE 'm0015%'").await;
        assert_eq!(db.schema().await.unwrap(), Schema::Older);
        assert!(!db.is_ready().await);
    }

    async fn the_key_of_a_database_is_told_from_another(monde: Monde) {
        assert_eq!(monde.backend.key_of_database().await.unwrap(), Cle::Inconnue);
        monde.submitted("anne@exemple.fr").await;
        let other = monde.with_another_key();
        assert_eq!(monde.backend.key_of_database().await.unwrap(), Cle::Bonne, "by the newest link");
        assert_eq!(other.key_of_database().await.unwrap(), Cle::Autre, "by the newest link");
        monde.backend.seal_journal().await.unwrap();
        monde.execute("DELETE FROM jeton").await;
        assert_eq!(monde.backend.key_of_database().await.unwrap(), Cle::Bonne, "by the seals");
        assert_eq!(other.key_of_database().await.unwrap(), Cle::Autre, "by the seals");
        monde.execute("UPDATE sceau_tete SET mac = 'x'").await;
        assert_eq!(monde.backend.key_of_database().await.unwrap(), Cle::Partielle, "by the first seal alone");
    }
}
