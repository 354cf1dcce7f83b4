//! Reads the settings from the file, then from the environment. Each setting is taken once, by its name. A setting that
//! nobody took is a mistake.

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::Path;

use toml::{Table, Value};

use super::valeur;

/// One line with the name of the setting, its origin, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Configuration\u{a0}: {0}")]
pub struct ConfigError(String);

impl ConfigError {
    pub(super) fn file(error: &std::io::Error) -> Self {
        Self(format!("Leptos.toml ne peut pas être lu ({error})."))
    }

    pub(super) fn missing_key(file: &Path, site_addr: SocketAddr, public_url: &str) -> Self {
        Self(format!(
            "security.secret_key_file\u{a0}: le fichier {} n’existe pas, et le service est public (il écoute sur {}, son \
             adresse est {}). Créez-y une clé (64 chiffres hexadécimaux, par exemple avec «\u{a0}openssl rand -hex \
             32\u{a0}») ou indiquez-la par IEL_SECRET_KEY_FILE.",
            file.display(),
            site_addr,
            public_url
        ))
    }

    /// An error about several settings of a section that contradict each other.
    pub(super) fn of(section: &str, expected: &str) -> Self {
        Self(format!("[{section}]\u{a0}: {expected}."))
    }

    fn wrong(setting: &Reglage, section: &str, key: &str, expected: &str) -> Self {
        Self(format!("{section}.{key} ({})\u{a0}: {expected}.", setting.origin))
    }
}

/// The origin of a setting.
#[derive(Clone, Debug)]
enum Origine {
    Fichier,
    Variable(String),
}

impl fmt::Display for Origine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fichier => out.write_str("Leptos.toml"),
            Self::Variable(name) => write!(out, "variable {name}"),
        }
    }
}

#[derive(Debug)]
struct Reglage {
    value: Value,
    origin: Origine,
}

/// The settings not yet taken, by section and key.
#[derive(Debug)]
pub(super) struct Reglages {
    left: BTreeMap<(String, String), Reglage>,
    site_addr: Option<Reglage>,
}

/// The variables with a short name, and their section and key.
const SHORT_NAMES: &[(&str, &str, &str)] = &[
    ("IEL_DATABASE_URL", "database", "url"),
    ("IEL_MAIL_URL", "mail", "url"),
    ("IEL_MAIL_FROM", "mail", "from"),
    ("IEL_PUBLIC_URL", "http", "public_url"),
    ("IEL_TRUSTED_PROXIES", "http", "trusted_proxies"),
    ("IEL_SECRET_KEY_FILE", "security", "secret_key_file"),
];

/// The table that leptos itself reads.
const LEPTOS: [&str; 3] = ["package", "metadata", "leptos"];

impl Reglages {
    pub(super) fn read(text: &str, env: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let mut settings = Self { left: BTreeMap::new(), site_addr: None };
        settings.read_file(text)?;
        for (name, value) in env {
            settings.read_variable(name, value)?;
        }
        Ok(settings)
    }

    fn read_file(&mut self, text: &str) -> Result<(), ConfigError> {
        let mut file: Table = text.parse().map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start);
            let line = text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
            ConfigError(format!("Leptos.toml, ligne {line}\u{a0}: {}.", error.message().replace('\n', ", ")))
        })?;
        let [package, metadata, leptos] = LEPTOS;
        self.site_addr = file
            .remove(package)
            .and_then(|value| value.get(metadata)?.get(leptos)?.get("site-addr").cloned())
            .map(|value| Reglage { value, origin: Origine::Fichier });
        for (section, value) in file {
            let Value::Table(table) = value else {
                return Err(ConfigError(format!("{section} (Leptos.toml)\u{a0}: cette clé n’existe pas.")));
            };
            for (key, value) in table {
                self.left.insert((section.clone(), key), Reglage { value, origin: Origine::Fichier });
            }
        }
        Ok(())
    }

    fn read_variable(&mut self, name: String, value: String) -> Result<(), ConfigError> {
        let setting = Reglage { value: Value::String(value), origin: Origine::Variable(name.clone()) };
        if name == "LEPTOS_SITE_ADDR" {
            self.site_addr = Some(setting);
            return Ok(());
        }
        let Some(rest) = name.strip_prefix("IEL_") else { return Ok(()) };
        let short = SHORT_NAMES.iter().find(|(short, _, _)| *short == name);
        let place = match (short, rest.split_once("__")) {
            (Some((_, section, key)), _) => ((*section).to_owned(), (*key).to_owned()),
            (None, Some((section, key))) => (section.to_lowercase(), key.to_lowercase()),
            (None, None) => return Err(ConfigError(format!("la variable {name} n’existe pas."))),
        };
        match self.left.insert(place, setting) {
            Some(Reglage { origin: Origine::Variable(other), .. }) => {
                Err(ConfigError(format!("les variables {other} et {name} disent la même chose\u{a0}: gardez-en une.")))
            }
            _ => Ok(()),
        }
    }

    /// Takes a setting, or its default when it is absent.
    pub(super) fn take<T>(
        &mut self,
        section: &str,
        key: &str,
        read: impl FnOnce(&Value) -> Result<T, &'static str>,
        default: impl FnOnce() -> T,
    ) -> Result<T, ConfigError> {
        match self.left.remove(&(section.to_owned(), key.to_owned())) {
            None => Ok(default()),
            Some(setting) => {
                read(&setting.value).map_err(|expected| ConfigError::wrong(&setting, section, key, expected))
            }
        }
    }

    pub(super) fn at_least_one(&mut self, section: &str, key: &str, default: u32) -> Result<u32, ConfigError> {
        self.take(section, key, valeur::positive, || default)
    }

    pub(super) fn text(&mut self, section: &str, key: &str) -> Result<String, ConfigError> {
        self.take(section, key, valeur::text, String::new)
    }

    /// leptos reads this setting too, so it has neither our section nor our prefix.
    pub(super) fn site_addr(&mut self) -> Result<SocketAddr, ConfigError> {
        let Some(setting) = self.site_addr.take() else { return Ok(SocketAddr::from(([127, 0, 0, 1], 3000))) };
        valeur::socket(&setting.value)
            .map_err(|expected| ConfigError(format!("site-addr ({})\u{a0}: {expected}.", setting.origin)))
    }

    pub(super) fn nothing_left(self) -> Result<(), ConfigError> {
        match self.left.into_iter().next() {
            None => Ok(()),
            Some(((section, key), setting)) => {
                Err(ConfigError::wrong(&setting, &section, &key, "cette clé n’existe pas"))
            }
        }
    }
}
