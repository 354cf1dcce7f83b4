//! Checks everything that the service needs. Prints one line for each check, and what to do if it fails.

mod base;
mod cle;
mod courriel;
mod formations;
mod fuites;
mod horloge;
mod journal;
mod mandataires;

use std::path::Path;
use std::sync::Arc;

use anyhow::bail;

use super::{open, say};
use crate::backend::Backend;
use crate::clock::{SystemClock, SystemRandom};
use crate::config::Config;
use crate::persistence::engine::{Opening, Schema};
use crate::security::tokens::SecretKey;

/// The outcome of a check: a detail, which may be empty; or what is wrong and what to do.
type Constat = Result<String, String>;

/// Prints every line. Returns an error when something is wrong.
pub async fn run(config: anyhow::Result<Arc<Config>>, journal_only: bool) -> anyhow::Result<()> {
    let mut rapport = Rapport::default();
    let config = match config {
        Ok(config) => config,
        // The error already begins with « Configuration ».
        Err(error) => bail!("{error:#}"),
    };
    let path = |file: &Path| file.display().to_string();
    if !journal_only {
        rapport.tell("Configuration", Ok(String::new()));
        rapport.tell("Mots de passe fuités", fuites::file(&config));
    }
    let key = SecretKey::load_or_create(&config.security.secret_key_file, false, &SystemRandom);
    let key_file = path(&config.security.secret_key_file);
    if !journal_only || key.is_err() {
        rapport.tell("Fichier de clé", cle::file(&config.security.secret_key_file, key.as_ref().err()));
    }
    let db = match open(&config, Opening::Beside).await {
        Ok(db) => db,
        Err(error) => {
            rapport.tell("Base de données", Err(base::unreachable(&config, &error)));
            if !journal_only {
                rapport.tell("Courriel", courriel::reachable(&config).await);
            }
            return rapport.end();
        }
    };
    let schema = db.schema().await;
    let current = matches!(schema, Ok(Schema::Current | Schema::Newer(_)));
    if !journal_only || !current {
        rapport.tell("Base de données", base::schema(schema));
    }
    if !journal_only {
        rapport.tell("Contenu de la base", base::content(&db).await);
        rapport.tell("Espace disque", base::room(&config));
        rapport.tell("Horloge", horloge::against(&db).await);
        rapport.tell("Courriel", courriel::reachable(&config).await);
    }
    // The seals can be verified only with the key.
    if let (true, Ok(key)) = (current, key) {
        let backend = Backend::new(db, Arc::new(SystemClock), Arc::new(SystemRandom), key, config.clone())?;
        if !journal_only {
            rapport.tell("Places des sessions", formations::counted(backend.db()).await);
            rapport.tell("Mandataires", mandataires::unknown(&backend, &config).await);
            rapport.tell("Clé de la base", cle::of_database(&backend, &key_file).await);
            rapport.tell("Seconds facteurs", cle::of_factors(&backend).await);
        }
        for constat in journal::seals(&backend).await {
            rapport.tell("Journal", constat);
        }
    }
    rapport.end()
}

/// Counts the failed checks.
#[derive(Default)]
struct Rapport {
    wrong: usize,
}

impl Rapport {
    fn tell(&mut self, what: &str, constat: Constat) {
        match constat {
            Ok(detail) if detail.is_empty() => say(&format!("{what}\u{a0}: OK")),
            Ok(detail) => say(&format!("{what}\u{a0}: OK, {detail}")),
            Err(wrong) => {
                self.wrong += 1;
                say(&format!("{what}\u{a0}: {wrong}"));
            }
        }
    }

    fn end(&self) -> anyhow::Result<()> {
        match self.wrong {
            0 => Ok(()),
            1 => bail!("un point à reprendre"),
            wrong => bail!("{wrong} points à reprendre"),
        }
    }
}
