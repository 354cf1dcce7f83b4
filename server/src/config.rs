//! The only module that reads Leptos.toml and the environment. Its values are valid: no other module checks them again.

mod accessibilite;
pub mod hote;
mod lecture;
mod reseau;
mod valeur;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::conservation::Reglables;
use domain::exploitant::Exploitant;
use domain::instant::{jour, months_after};
use hote::is_loopback;

use crate::log::Format;
use crate::mail::Expediteur;
pub use lecture::ConfigError;
use lecture::Reglages;
pub use reseau::Reseau;
use time::Date;

/// Every setting of the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    pub database: Database,
    pub mail: Mail,
    pub http: Http,
    pub security: Security,
    pub passwords: Passwords,
    pub limits: Limits,
    pub exploitant: Exploitant,
    pub decisions: Decisions,
    pub delais: Delais,
    pub preinscription: Preinscription,
    pub log: Log,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Database {
    /// `sqlite://…` or `postgres://…`.
    pub url: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    /// `file:…`, `smtp://…` or `smtps://…`, read by [`crate::mail::Transport::from_url`].
    pub url: String,
    pub from: Expediteur,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    pub site_addr: SocketAddr,
    /// The beginning of links: scheme, host and port, without a slash at the end.
    pub public_url: String,
    pub trusted_proxies: Vec<Reseau>,
    /// Whether `cargo leptos watch` runs the program: pages then contain its reload socket.
    pub watched: bool,
}

impl Http {
    /// Whether this is a developer's own machine. The public URL must be a loopback too: behind a proxy, the server
    /// also listens on a loopback. Only then may a start make a key, or print the link of a first administrateur.
    pub fn is_local(&self) -> bool {
        is_loopback(&self.public_url) && self.site_addr.ip().is_loopback()
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Security {
    pub secret_key_file: PathBuf,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Passwords {
    /// The file of leaked passwords, as the downloader of Have I Been Pwned writes it, see [`crate::security::fuites`].
    /// `None`: passwords are not looked up.
    pub breached_file: Option<PathBuf>,
}

/// How many times, before the answer is 429.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub signup_per_hour: u32,
    pub login_per_minute: u32,
    /// For one address, in 24 hours.
    pub mails_per_day: u32,
    pub reset_per_hour: u32,
    pub token_per_minute: u32,
    pub search_per_minute: u32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Decisions {
    /// How long the author may cancel a decision. 0: the decision takes effect at once.
    pub hold_seconds: u32,
    /// What silence about a request means (CRPA R112-11-1), in the operator's words. If it is empty, the receipt says
    /// nothing about it.
    pub silence: String,
    /// After how many months without an answer silence has this meaning (CRPA, L231-1: two months). `{date}` in
    /// `silence` is replaced by that day.
    pub silence_months: u32,
    /// How to appeal against a refusal, in the operator's words.
    pub recours: String,
}

impl Decisions {
    /// What the receipt says about silence, for a request of this day. It may be empty.
    pub fn silence_on(&self, received: Date) -> String {
        let end = months_after(received, self.silence_months);
        self.silence.trim().replace("{date}", &jour(end))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delais {
    /// How long an activation link is valid.
    pub activation_hours: u32,
    /// How long a draft is kept after its last change.
    pub brouillon_days: u32,
}

/// The préinscription to sessions of training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preinscription {
    /// How many an account may have under way.
    pub en_cours_max: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Log {
    pub format: Format,
}

/// The settings file beside the program. `cargo leptos` reads it too.
const FILE: &str = "Leptos.toml";

impl Config {
    /// Reads `Leptos.toml` in `root` if it exists, then the environment, which has priority.
    ///
    /// # Errors
    /// The first unknown or wrong setting, with its origin and the expected value.
    pub fn load(root: &Path, env: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let text = match std::fs::read_to_string(root.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(ConfigError::file(&error)),
        };
        let env: Vec<_> = env.collect();
        let watched = env.iter().any(|(name, _)| name == "LEPTOS_WATCH");
        let mut settings = Reglages::read(&text, env.into_iter())?;
        let site_addr = settings.site_addr()?;
        let usual = Reglables::default();
        let delais = Delais {
            activation_hours: settings.at_least_one("delais", "activation_hours", usual.activation_heures)?,
            brouillon_days: settings.at_least_one("delais", "brouillon_days", usual.brouillon_jours)?,
        };
        let config = Self {
            database: Database {
                url: settings.take("database", "url", valeur::database, || "sqlite://data/iel.db".to_owned())?,
            },
            mail: Mail {
                url: settings.take("mail", "url", valeur::mail, || "file:data/courriels".to_owned())?,
                from: settings.take("mail", "from", valeur::from, Expediteur::local)?,
            },
            http: Http {
                site_addr,
                public_url: settings.take("http", "public_url", valeur::public_url, || valeur::local_url(site_addr))?,
                trusted_proxies: settings.take("http", "trusted_proxies", valeur::networks, Vec::new)?,
                watched,
            },
            security: Security {
                secret_key_file: settings
                    .take("security", "secret_key_file", valeur::path, || PathBuf::from("data/cle-secrete"))?,
            },
            passwords: Passwords {
                breached_file: settings.take("passwords", "breached_file", valeur::path_or_none, || None)?,
            },
            limits: Limits {
                signup_per_hour: settings.at_least_one("limits", "signup_per_hour", 60)?,
                login_per_minute: settings.at_least_one("limits", "login_per_minute", 10)?,
                mails_per_day: settings.at_least_one("limits", "mails_per_day", 3)?,
                reset_per_hour: settings.at_least_one("limits", "reset_per_hour", 20)?,
                token_per_minute: settings.at_least_one("limits", "token_per_minute", 20)?,
                search_per_minute: settings.at_least_one("limits", "search_per_minute", 60)?,
            },
            exploitant: Exploitant {
                nom: settings.text("exploitant", "nom")?,
                courriel: settings.text("exploitant", "courriel")?,
                telephone: settings.text("exploitant", "telephone")?,
                adresse: settings.text("exploitant", "adresse")?,
                directeur_publication: settings.text("exploitant", "directeur_publication")?,
                hebergeur: settings.text("exploitant", "hebergeur")?,
                dpo: settings.text("exploitant", "dpo")?,
                lien_preinscription: settings.take("exploitant", "lien_preinscription", valeur::link, String::new)?,
                preinscription_active: settings.take("preinscription", "active", valeur::yes_or_no, || false)?,
                conservation: Reglables {
                    activation_heures: delais.activation_hours,
                    brouillon_jours: delais.brouillon_days,
                },
                accessibilite: accessibilite::read(&mut settings)?,
            },
            decisions: Decisions {
                hold_seconds: settings.take("decisions", "hold_seconds", valeur::number, || 120)?,
                silence: settings.text("decisions", "silence")?,
                silence_months: settings.at_least_one("decisions", "silence_months", 2)?,
                recours: settings.text("decisions", "recours")?,
            },
            delais,
            preinscription: Preinscription {
                en_cours_max: settings.at_least_one("preinscription", "en_cours_max", 10)?,
            },
            log: Log { format: settings.take("log", "format", valeur::log_format, Format::default)? },
        };
        settings.nothing_left()?;
        config.key_or_local(root)?;
        Ok(config)
    }

    /// Requires a key file for a public service. If each machine made its own key, the links of one would fail on the
    /// others. A key made in a container would be lost with it.
    fn key_or_local(&self, root: &Path) -> Result<(), ConfigError> {
        let file = &self.security.secret_key_file;
        if self.http.is_local() || root.join(file).exists() {
            return Ok(());
        }
        Err(ConfigError::missing_key(file, self.http.site_addr, &self.http.public_url))
    }
}

#[cfg(test)]
mod tests;
