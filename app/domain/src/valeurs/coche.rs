use std::fmt;

use crate::onglet::{Contexte, FieldError, Kind, Read};

/// A box that must be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coche(());

impl Read for Coche {
    fn kind(_: &Contexte) -> Kind {
        Kind::Checkbox
    }

    /// `on` is what a browser sends for a box without a value.
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        match raw.trim() {
            "oui" | "on" => Ok(Self(())),
            _ => Err(FieldError::Missing("Cochez cette case pour continuer.")),
        }
    }
}

impl fmt::Display for Coche {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("oui")
    }
}
