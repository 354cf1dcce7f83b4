use std::fmt;

use crate::onglet::{Contexte, FieldError, Kind, Read};

mod liste;

/// A country or territory, by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pays(&'static str);

const FRANCE: &str = "FR";

impl Pays {
    /// Whether a draft's text stands for France: nothing was chosen, or France.
    pub fn is_france(raw: &str) -> bool {
        matches!(raw.trim(), "" | FRANCE)
    }

    pub fn code(self) -> &'static str {
        self.0
    }

    /// Its name in French.
    pub fn label(self) -> &'static str {
        liste::PAYS.iter().find(|(code, _)| *code == self.0).map_or(self.0, |(_, label)| label)
    }
}

impl Read for Pays {
    fn kind(_: &Contexte) -> Kind {
        Kind::Select(liste::PAYS)
    }

    fn absent() -> Option<Self> {
        Some(Self(FRANCE))
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let known = liste::PAYS.iter().find(|(code, _)| *code == raw.trim());
        known.map(|(code, _)| Self(code)).ok_or(FieldError::Missing("Choisissez un pays."))
    }
}

impl fmt::Display for Pays {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}
