use std::fmt;

use crate::onglet::{Contexte, FieldError, Kind, Read};

/// A box that must be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coche(());

impl Read for Coche {
    fn kind(_: &Contexte) -> Kind {
        Kind::Checkbox
    }

    /// A browser sends `on` for a box without a value.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{accepts, proprietes, refuses};

    #[test]
    fn a_ticked_box_reads_and_anything_else_is_an_empty_one() {
        accepts::<Coche>(&[("oui", "oui"), ("on", "oui"), (" oui ", "oui")]);
        refuses::<Coche>("Cochez cette case pour continuer.", &["non", "off", "Oui", "true", "1", ""]);
    }

    proprietes!(Coche, ["oui", "on"]);
}
