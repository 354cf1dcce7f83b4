use std::fmt;

use crate::onglet::{Contexte, FieldError, Kind, Read};

/// How the person wishes to be addressed; saying nothing is an answer (CJUE, 9 January 2025, C-394/23).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civilite(Choix);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choix {
    M,
    Mme,
    NonPrecisee,
}

const OPTIONS: &[(&str, &str)] = &[("m", "M."), ("mme", "Mme"), ("autre", "Je ne souhaite pas préciser")];

impl Civilite {
    /// « M. » or « Mme »; `None` if the person would rather not say.
    pub fn title(self) -> Option<&'static str> {
        match self.0 {
            Choix::M => Some("M."),
            Choix::Mme => Some("Mme"),
            Choix::NonPrecisee => None,
        }
    }
}

impl Read for Civilite {
    fn kind(_: &Contexte) -> Kind {
        Kind::Radios(OPTIONS)
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        match raw.trim() {
            "m" => Ok(Self(Choix::M)),
            "mme" => Ok(Self(Choix::Mme)),
            "autre" => Ok(Self(Choix::NonPrecisee)),
            _ => Err(FieldError::Missing("Choisissez une option.")),
        }
    }
}

impl fmt::Display for Civilite {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self.0 {
            Choix::M => "m",
            Choix::Mme => "mme",
            Choix::NonPrecisee => "autre",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{accepts, proprietes, refuses};

    #[test]
    fn the_three_answers_read_and_nothing_else_does() {
        accepts::<Civilite>(&[("m", "m"), ("mme", "mme"), ("autre", "autre"), (" mme ", "mme")]);
        refuses::<Civilite>("Choisissez une option.", &["M", "M.", "Mme", "mlle", "mmme"]);
    }

    #[test]
    fn every_option_offered_reads() {
        for (value, _) in OPTIONS {
            accepts::<Civilite>(&[(value, value)]);
        }
    }

    proprietes!(Civilite, ["m", "mme", "autre"]);
}
