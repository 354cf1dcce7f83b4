//! The program as an operator calls it, in a folder of its own.

use std::fs::{Permissions, create_dir, read_dir, set_permissions, write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use sea_orm::ConnectionTrait;
use server::persistence::engine::{Db, Opening};
use tempfile::TempDir;

struct Poste {
    folder: TempDir,
    settings: Vec<(&'static str, String)>,
}

/// How a command ended, and all it said, without no-break spaces.
struct Fin {
    succeeded: bool,
    said: String,
}

impl Poste {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), settings: Vec::new() }
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        self.settings.push((name, value.to_owned()));
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn iel(&self, arguments: &[&str]) -> Fin {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iel"));
        command.current_dir(self.folder.path()).args(arguments).env_clear();
        let output = command.envs(self.settings.iter().map(|(name, value)| (*name, value))).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        Fin { succeeded: output.status.success(), said: String::from_utf8(said).unwrap().replace('\u{a0}', " ") }
    }

    /// A migrated database with its key.
    fn ready(self) -> Self {
        let migrated = self.iel(&["migrate"]);
        assert!(migrated.succeeded, "{}", migrated.said);
        write(self.path("data/cle-secrete"), format!("{}\n", "ab".repeat(32))).unwrap();
        set_permissions(self.path("data/cle-secrete"), Permissions::from_mode(0o600)).unwrap();
        self
    }

    async fn base(&self, opening: Opening) -> Db {
        Db::open(&format!("sqlite://{}", self.path("data/iel.db").display()), opening).await.unwrap()
    }
}

#[track_caller]
fn says(fin: &Fin, succeeded: bool, expected: &[&str]) {
    assert_eq!(fin.succeeded, succeeded, "{}", fin.said);
    for text in expected {
        assert!(fin.said.contains(text), "« {text} » is missing in:\n{}", fin.said);
    }
}

#[test]
fn a_check_of_what_works_says_so_line_by_line() {
    let poste = Poste::new().ready();
    let fin = poste.iel(&["check"]);
    says(&fin, true, &[]);
    let lines: Vec<&str> = fin.said.lines().map(|line| line.split(" : ").next().unwrap()).collect();
    let expected = [
        "Configuration",
        "Mots de passe fuités",
        "Fichier de clé",
        "Base de données",
        "Contenu de la base",
        "Espace disque",
        "Horloge",
        "Courriel",
        "Places des sessions",
        "Mandataires",
        "Clé de la base",
        "Seconds facteurs",
        "Journal",
    ];
    assert_eq!(lines, expected, "{}", fin.said);
    assert!(fin.said.lines().all(|line| line.contains(" : OK")), "{}", fin.said);
    let fin = poste.iel(&["check", "--journal"]);
    says(&fin, true, &["Journal : OK, 0 lignes scellées, intactes"]);
    assert_eq!(fin.said.lines().count(), 1);
}

#[test]
fn a_check_looks_at_the_file_of_leaked_passwords() {
    let (first, second) = (format!("{}:3\r\n", "0A".repeat(20)), format!("{}:12\r\n", "F1".repeat(20)));
    let poste = Poste::new().ready().with("IEL_PASSWORDS__BREACHED_FILE", "fuites.txt");
    says(&poste.iel(&["check"]), false, &["Mots de passe fuités : fuites.txt ne sert pas"]);
    says(&poste.iel(&["serve"]), false, &["passwords.breached_file : fuites.txt"]);
    write(poste.path("fuites.txt"), format!("{second}{first}")).unwrap();
    says(&poste.iel(&["check"]), false, &["ne sert pas (ses empreintes ne sont pas dans l’ordre)"]);
    write(poste.path("fuites.txt"), format!("{first}{second}")).unwrap();
    says(&poste.iel(&["check"]), true, &["Mots de passe fuités : OK, fuites.txt, moins d’un Gio"]);
}

#[test]
fn a_check_makes_nothing() {
    let poste = Poste::new();
    let fin = poste.iel(&["check"]);
    says(
        &fin,
        false,
        &["Fichier de clé : data/cle-secrete manque", "Base de données : data/iel.db n’existe pas : lancez"],
    );
    let left: Vec<_> = read_dir(poste.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    // The check writes into the folder of mails to try it, and removes what it wrote.
    assert_eq!(left, ["data"]);
    assert!(!poste.path("data/iel.db").exists() && !poste.path("data/cle-secrete").exists());
}

#[test]
fn a_wrong_configuration_is_the_only_line() {
    let fin = Poste::new().with("IEL_LIMITS__MAILS_PER_DAY", "trois").iel(&["check"]);
    says(&fin, false, &["Configuration : limits.mails_per_day (variable IEL_LIMITS__MAILS_PER_DAY)"]);
    assert_eq!(fin.said.lines().count(), 1);
}

#[test]
fn a_key_that_others_read_or_that_is_none_is_told() {
    let poste = Poste::new().ready();
    set_permissions(poste.path("data/cle-secrete"), Permissions::from_mode(0o640)).unwrap();
    says(
        &poste.iel(&["check"]),
        false,
        &["Fichier de clé : data/cle-secrete est lisible par d’autres (640) : lancez chmod 600"],
    );
    write(poste.path("data/cle-secrete"), "courte").unwrap();
    says(&poste.iel(&["check"]), false, &["ne contient pas 64 chiffres hexadécimaux"]);
}

#[test]
fn mail_that_can_not_leave_is_told() {
    // Nobody listens there.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let poste = Poste::new().with("IEL_MAIL_URL", &format!("smtp://{free}")).ready();
    says(&poste.iel(&["check"]), false, &["Courriel : le serveur ne répond pas (", "vérifiez l’hôte et le port"]);
    let poste = Poste::new().with("IEL_MAIL_URL", "file:data/cle-secrete").ready();
    says(&poste.iel(&["check"]), false, &["Courriel : le dossier de IEL_MAIL_URL ne s’écrit pas"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_that_is_not_this_programs_is_told() {
    let poste = Poste::new().ready();
    let db = poste.base(Opening::Beside).await;
    let run = async |sql: &str| db.connection().execute_unprepared(sql).await.unwrap();
    run("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_demain', 0)").await;
    says(&poste.iel(&["check"]), true, &["version plus récente (étape m9999_demain)"]);
    run("DELETE FROM seaql_migrations WHERE version LIKE 'm9999%' OR version LIKE 'm0015%'").await;
    says(&poste.iel(&["check"]), false, &["plus ancien que ce programme : lancez « iel migrate »"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_reads_a_live_database_and_names_its_faults() {
    let poste = Poste::new().ready();
    // A service runs, with a write under way.
    let serving = poste.base(Opening::Alone).await;
    let write = serving.begin().await.unwrap();
    says(&poste.iel(&["check"]), true, &[]);
    write.commit().await.unwrap();
    let run = async |sql: &str| serving.connection().execute_unprepared(sql).await.unwrap();
    run("INSERT INTO signalement (genre, detail, le) VALUES ('mandataire_inconnu', '10.1.2.3', 99999999999999)").await;
    says(
        &poste.iel(&["check"]),
        false,
        &["Mandataires : depuis hier, 10.1.2.3 transmet des requêtes", "IEL_TRUSTED_PROXIES"],
    );
    run("DELETE FROM signalement").await;
    run("INSERT INTO journal (le, acteur, action, champs) VALUES (99999999999999, 'personne', 'envoi', '')").await;
    says(&poste.iel(&["check"]), false, &["Horloge : le journal a une ligne écrite", "heures après maintenant"]);
    run("UPDATE journal SET le = 1").await;
    says(&poste.iel(&["check"]), false, &["Journal : la ligne 1 n’a pas de sceau"]);
    run("DELETE FROM journal").await;
    run("INSERT INTO jeton (id, usage, sujet_id, kid, cree_le) VALUES ('a', 'activation', 1, 'autre', 1)").await;
    says(&poste.iel(&["check"]), false, &["Clé de la base : data/cle-secrete n’est pas la clé de cette base"]);
    run("DELETE FROM jeton").await;
    run("INSERT INTO gestionnaire (courriel, courriel_cle, nom, role, cree_le, facteur_id, facteur_kid) \
         VALUES ('a@b.fr', 'a@b.fr', 'A', 'gestionnaire', 1, 'x', 'autre')")
    .await;
    says(&poste.iel(&["check"]), false, &["Seconds facteurs : 1 d’une autre clé"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_made_beside_the_service_and_restored_without_it() {
    let poste = Poste::new().ready();
    let serving = poste.base(Opening::Alone).await;
    says(
        &poste.iel(&["backup", "copie.db"]),
        true,
        &["Sauvegarde écrite dans copie.db.", "Gardez aussi, ailleurs, le fichier de clé"],
    );
    says(&poste.iel(&["backup", "copie.db"]), false, &["copie.db"]);
    says(&poste.iel(&["restore", "copie.db", "--force"]), false, &["un autre processus sert cette base", "arrêtez-le"]);
    says(&poste.iel(&["migrate"]), false, &["un autre processus sert cette base"]);
    says(&poste.iel(&["copy", "--to", "sqlite://b.db"]), false, &["un autre processus sert cette base"]);
    serving.connection().clone().close().await.unwrap();
    drop(serving);
    says(&poste.iel(&["restore", "copie.db"]), false, &["data/iel.db contient déjà une base : ajoutez --force"]);
    let fin = poste.iel(&["restore", "copie.db", "--force"]);
    says(&fin, true, &["Restauré : sqlite://data/iel.db.", "data/cle-secrete servira", "iel check"]);
    // The backup now belongs to another key.
    let db = poste.base(Opening::Beside).await;
    let sql = "INSERT INTO jeton (id, usage, sujet_id, kid, cree_le) VALUES ('a', 'activation', 1, 'autre', 1)";
    db.connection().execute_unprepared(sql).await.unwrap();
    db.backup(&poste.path("autre.db")).await.unwrap();
    db.connection().clone().close().await.unwrap();
    says(&poste.iel(&["restore", "autre.db", "--force"]), true, &["ATTENTION, clé : data/cle-secrete n’est pas celle"]);
    std::fs::remove_file(poste.path("data/cle-secrete")).unwrap();
    says(
        &poste.iel(&["restore", "autre.db", "--force"]),
        true,
        &["ATTENTION, clé : le fichier data/cle-secrete manque"],
    );
    assert!(!poste.path("data/cle-secrete").exists(), "no key is made");
    says(&poste.iel(&["restore", "absent.db", "--force"]), false, &["absent.db"]);
    says(&poste.iel(&["check"]), false, &["Fichier de clé : data/cle-secrete manque"]);
}

/// Runs the service until it answers, stops it, and returns what it said.
fn started(poste: &Poste) -> String {
    use std::io::Read;
    std::fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/../Leptos.toml"), poste.path("Leptos.toml")).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = Command::new(env!("CARGO_BIN_EXE_iel"));
    command.current_dir(poste.folder.path()).arg("serve").env_clear();
    command.envs(poste.settings.iter().map(|(name, value)| (*name, value)));
    command.env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}")).env("LEPTOS_OUTPUT_NAME", "iel");
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    for _ in 0..600 {
        let ended = child.try_wait().unwrap().is_some();
        if ended || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    // The service prints its last lines once it listens.
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    let id = rustix::process::Pid::from_child(&child);
    if child.try_wait().unwrap().is_none() {
        rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    }
    let (mut out, mut err) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    child.wait().unwrap();
    format!("{out}{err}").replace('\u{a0}', " ")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_behind_a_proxy_ends_the_printed_link_and_prints_none() {
    let poste = Poste::new();
    let said = started(&poste);
    assert!(said.contains("/invitation/"), "on a developer's machine the link is printed:\n{said}");
    let live = "SELECT count(*) FROM jeton WHERE usage = 'invitation' AND revoque_le IS NULL AND utilise_le IS NULL";
    let count = async |poste: &Poste| {
        let db = poste.base(Opening::Beside).await;
        let query = sea_orm::Statement::from_string(db.backend(), live);
        let row = db.connection().query_one_raw(query).await.unwrap().unwrap();
        let count: i64 = row.try_get_by_index(0).unwrap();
        db.connection().clone().close().await.unwrap();
        count
    };
    assert_eq!(count(&poste).await, 1);
    let poste = poste.with("IEL_PUBLIC_URL", "https://iel.exemple.fr");
    let said = started(&poste);
    assert!(said.contains("Gestion") && !said.contains("/invitation/"), "{said}");
    assert!(said.contains("iel invite --role administrateur"), "{said}");
    assert_eq!(count(&poste).await, 0, "what was printed opens nothing any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_with_another_key_or_none_is_refused() {
    let poste = Poste::new().ready();
    says(&poste.iel(&["invite", "--role", "administrateur", "--email", "ada@cnfpt.fr"]), true, &["/invitation/"]);
    let key = std::fs::read_to_string(poste.path("data/cle-secrete")).unwrap();
    let refused = "data/cle-secrete n’est pas la clé de cette base";
    write(poste.path("data/cle-secrete"), format!("{}\n", "cd".repeat(32))).unwrap();
    says(&poste.iel(&["serve"]), false, &[refused, "iel adopt-key"]);
    says(&poste.iel(&["invite", "--role", "gestionnaire", "--email", "bob@cnfpt.fr"]), false, &[refused]);
    says(&poste.iel(&["check"]), false, &["Clé de la base"]);
    std::fs::remove_file(poste.path("data/cle-secrete")).unwrap();
    says(&poste.iel(&["serve"]), false, &["le fichier de clé data/cle-secrete manque", "remettez ce fichier"]);
    assert!(!poste.path("data/cle-secrete").exists(), "no other is made");
    // The right key comes back. Then another key replaces it for good.
    write(poste.path("data/cle-secrete"), key).unwrap();
    set_permissions(poste.path("data/cle-secrete"), Permissions::from_mode(0o600)).unwrap();
    says(&poste.iel(&["adopt-key"]), false, &["est déjà la clé de cette base"]);
    says(&poste.iel(&["check"]), true, &[]);
    write(poste.path("data/cle-secrete"), format!("{}\n", "ef".repeat(32))).unwrap();
    says(&poste.iel(&["adopt-key"]), true, &["Clé adoptée : 2 lignes"]);
    says(&poste.iel(&["check"]), true, &["Clé de la base : OK"]);
}

#[test]
fn what_postgresql_does_itself_is_left_to_it() {
    let poste = Poste::new().with("IEL_DATABASE_URL", "postgres://127.0.0.1:1/iel");
    write(poste.path("a.db"), "").unwrap();
    says(&poste.iel(&["restore", "a.db"]), false, &["pg_restore"]);
    says(&poste.iel(&["check"]), false, &["Base de données : PostgreSQL ne répond pas"]);
}

#[test]
fn what_is_not_there_is_neither_made_nor_read() {
    let poste = Poste::new();
    create_dir(poste.path("data")).unwrap();
    for command in [
        &["backup", "copie.db"][..],
        &["copy", "--to", "sqlite://b.db"],
        &["invite", "--role", "gestionnaire", "--email", "a@b.fr"],
    ] {
        says(&poste.iel(command), false, &["data/iel.db"]);
        assert!(!poste.path("data/iel.db").exists(), "{command:?}");
    }
    assert!(!Path::new(&poste.path("copie.db")).exists());
}

#[test]
fn a_database_is_copied_to_another_file() {
    let poste = Poste::new().ready();
    let fin = poste.iel(&["copy", "--to", "sqlite://autre/iel.db"]);
    says(&fin, true, &["Copié et vérifié ligne à ligne", "le même fichier de clé"]);
    says(&poste.iel(&["copy", "--from", "sqlite://autre/iel.db", "--to", "sqlite://data/iel.db"]), true, &[]);
}
