//! The commands of the program, one file for each. Everything is put together here.

mod adopt_key;
mod backup;
mod check;
mod contacts;
mod copy;
mod demo;
mod invite;
mod migrate;
mod restore;
mod second_facteur;
mod serve;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use app::base::appelants::Role;
use clap::{Parser, Subcommand, ValueEnum};

use crate::backend::Backend;
use crate::backend::cle::{Cle, is_without_key};
use crate::clock::{SystemClock, SystemRandom};
use crate::config::Config;
use crate::log;
use crate::persistence::engine::{Db, Opening};
use crate::security::tokens::{KeyError, SecretKey};

/// Préinscription IEL : le compte en ligne des formateurs et intervenants du CNFPT.
#[derive(Parser)]
#[command(name = "iel", version, about)]
pub struct Cli {
    // Without a command, the program serves: `cargo leptos watch` runs it so.
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Démarre le service.
    Serve,
    /// Met la base de données à jour, sans démarrer.
    Migrate,
    /// Invite un membre de l’équipe, ou le service formation d’une collectivité, et affiche son lien.
    Invite {
        #[arg(long, value_enum)]
        role: InvitedRole,
        #[arg(long)]
        email: String,
        /// Pour un service formation : TYPE:CODE, par exemple COMMUNE:31555.
        #[arg(long, required_if_eq("role", "service-formation"))]
        collectivite: Option<String>,
    },
    /// Retire son second facteur à un membre de l’équipe : ses connexions sont fermées, sa prochaine connexion en demande un
    /// autre.
    ResetSecondFactor {
        #[arg(long)]
        email: String,
    },
    /// Donne à la base la clé en place, quand celle d’avant est perdue, service arrêté : le journal est scellé de nouveau, les
    /// liens déjà envoyés et les seconds facteurs d’avant ne valent plus.
    AdoptKey,
    /// Charge les contacts publiés des services formation, depuis un fichier CSV.
    Contacts { file: PathBuf },
    /// Ajoute des comptes et des sessions inventés, pour voir et mesurer ; refuse une base qui contient de vrais comptes.
    Demo {
        /// Combien de comptes.
        #[arg(long, required_unless_present = "sessions")]
        comptes: Option<u64>,
        /// Combien de sessions de formation.
        #[arg(long)]
        sessions: Option<usize>,
        /// Combien de préinscriptions à ces sessions, sur des comptes inventés.
        #[arg(long, requires = "sessions")]
        preinscriptions: Option<usize>,
    },
    /// Vérifie la configuration, la clé, la base et les sceaux du journal ; dit ce qui ne va pas et finit en erreur.
    Check {
        /// Le journal seulement.
        #[arg(long)]
        journal: bool,
    },
    /// Copie toute la base dans une autre, vide, SQLite ou PostgreSQL, service arrêté.
    Copy {
        /// L’adresse de la base d’arrivée : postgres://… ou sqlite://…
        #[arg(long)]
        to: String,
        /// L’adresse de la base de départ ; celle de la configuration par défaut.
        #[arg(long)]
        from: Option<String>,
    },
    /// Copie la base SQLite dans un fichier, sans arrêter le service.
    Backup { file: PathBuf },
    /// Met une sauvegarde à la place de la base SQLite, service arrêté.
    Restore {
        file: PathBuf,
        /// Remplace une base qui contient déjà quelque chose.
        #[arg(long)]
        force: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum InvitedRole {
    Gestionnaire,
    Administrateur,
    ServiceFormation,
}

/// Runs a command. An error gives one line on the error output.
pub async fn run(cli: Cli) -> ExitCode {
    let config = load();
    log::install(config.as_ref().map_or_else(|_| log::Format::default(), |config| config.log.format));
    let outcome = match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config).await,
        Command::Migrate => migrate::run(config).await,
        Command::Invite { role, email, collectivite } => match role {
            InvitedRole::Gestionnaire => invite::run(config, Role::Gestionnaire, &email).await,
            InvitedRole::Administrateur => invite::run(config, Role::Administrateur, &email).await,
            InvitedRole::ServiceFormation => {
                invite::run_service(config, &email, &collectivite.unwrap_or_default()).await
            }
        },
        Command::ResetSecondFactor { email } => second_facteur::run(config, &email).await,
        Command::AdoptKey => adopt_key::run(config).await,
        Command::Contacts { file } => contacts::run(config, &file).await,
        Command::Demo { comptes, sessions, preinscriptions } => {
            let formations = (sessions.unwrap_or(0), preinscriptions.unwrap_or(0));
            demo::run(config, comptes.unwrap_or(0), formations).await
        }
        Command::Check { journal } => check::run(config, journal).await,
        Command::Copy { to, from } => copy::run(config, from.as_deref(), &to).await,
        Command::Backup { file } => backup::run(config, &file).await,
        Command::Restore { file, force } => restore::run(config, &file, force).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a command answers its caller")]
            {
                eprintln!("iel : {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}

fn load() -> anyhow::Result<Arc<Config>> {
    Ok(Arc::new(Config::load(Path::new("."), std::env::vars())?))
}

/// The backend on an open database, with the database's own key.
///
/// # Errors
/// When the database was written with another key: this key cannot make valid links or seals.
async fn backend(config: &Arc<Config>, db: Db) -> anyhow::Result<Backend> {
    let backend = backend_of_any_key(config, db).await?;
    if backend.key_of_database().await? == Cle::Autre {
        bail!(
            "{} n’est pas la clé de cette base\u{a0}: remettez le fichier d’avant. S’il est perdu pour de bon, lancez \
             «\u{a0}iel adopt-key\u{a0}»",
            config.security.secret_key_file.display()
        );
    }
    Ok(backend)
}

/// The same, without the check of the key.
async fn backend_of_any_key(config: &Arc<Config>, db: Db) -> anyhow::Result<Backend> {
    let key = key(config, &db).await?;
    Ok(Backend::new(db, Arc::new(SystemClock), Arc::new(SystemRandom), key, config.clone())?)
}

/// Reads the configured key. A developer's machine makes one if it is missing, but only for a database without links,
/// seals and factors.
async fn key(config: &Config, db: &Db) -> anyhow::Result<SecretKey> {
    let file = &config.security.secret_key_file;
    let may_create = !file.exists() && config.http.is_local() && is_without_key(db).await?;
    match SecretKey::load_or_create(file, may_create, &SystemRandom) {
        Err(KeyError::Missing(file)) => bail!(
            "le fichier de clé {file} manque, et cette base a été écrite avec une clé\u{a0}: remettez ce fichier, \
             sinon les liens déjà envoyés ne s’ouvrent plus et les sceaux du journal ne se vérifient plus"
        ),
        read => Ok(read?),
    }
}

async fn open(config: &Config, opening: Opening) -> anyhow::Result<Db> {
    Ok(Db::open(&config.database.url, opening).await?)
}

/// Prints a text for the person who runs the command.
#[expect(clippy::print_stdout, reason = "a command answers its caller")]
fn say(text: &str) {
    println!("{text}");
}
