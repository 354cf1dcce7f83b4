//! One PostgreSQL cluster for the whole run, in a temporary folder, and a fresh database for each test.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

struct Cluster {
    port: u16,
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub fn fresh_database() -> String {
    let cluster = CLUSTER.get_or_init(start);
    let name = format!("essai_{}", DATABASES.fetch_add(1, Ordering::SeqCst));
    let port = cluster.port.to_string();
    let made = Command::new(bin().join("createdb"))
        .args(["-h", "127.0.0.1", "-p", &port, "-U", "postgres", &name])
        .status()
        .expect("createdb runs");
    assert!(made.success(), "createdb");
    format!("postgres://postgres@127.0.0.1:{port}/{name}")
}

fn start() -> Cluster {
    let folder = tempfile::Builder::new().prefix("iel-postgres-").tempdir().expect("a temporary folder").keep();
    let port =
        std::net::TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    if is_root() {
        assert!(Command::new("chown").arg("postgres").arg(&folder).status().expect("chown runs").success());
    }
    let data = folder.join("data");
    run(
        "initdb",
        &folder,
        &["-D", text(&data), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
    );
    let options =
        format!("-p {port} -k {} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=300", folder.display());
    let log = folder.join("log");
    run("pg_ctl", &folder, &["-w", "-D", text(&data), "-l", text(&log), "-o", &options, "start"]);
    stop_with_us(&folder, &data);
    Cluster { port }
}

/// The cluster ends with the run, even if the run is killed. A shell waits for this process to end, then stops it.
fn stop_with_us(folder: &Path, data: &Path) {
    let prefix = if is_root() { "runuser -u postgres -- " } else { "" };
    let script = format!(
        "tail --pid={} -f /dev/null; cd /; {prefix}{} -D {} -m immediate stop; rm -rf {}",
        std::process::id(),
        bin().join("pg_ctl").display(),
        data.display(),
        folder.display()
    );
    Command::new("setsid")
        .args(["--fork", "sh", "-c", &script])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("setsid runs");
}

fn run(program: &str, folder: &Path, args: &[&str]) {
    let program = bin().join(program);
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(&program);
        command
    } else {
        Command::new(&program)
    };
    // The server keeps open every file that it inherits. It must not hold the end of the run's output.
    let status = command
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.expect("PostgreSQL is installed").success(), "{}", program.display());
}

/// PostgreSQL refuses to run as root.
fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.trim_ascii() == b"0"
}

/// The newest version installed; Debian keeps them out of the PATH.
fn bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions.map(|version| version.path().join("bin")).filter(|bin| bin.join("initdb").exists()).max();
    newest.unwrap_or_default()
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a temporary folder's name is UTF-8")
}
