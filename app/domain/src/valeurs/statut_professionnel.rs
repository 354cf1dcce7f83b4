use std::fmt;

use crate::Cas;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// Under what status the person works. Which ones are offered depends on the case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatutProfessionnel {
    code: &'static str,
}

type Options = &'static [(&'static str, &'static str)];

const AGENT: Options = &[("titulaire", "Titulaire"), ("stagiaire", "Stagiaire"), ("contractuel", "Contractuel")];
const INDEPENDANT: Options = &[
    ("independant", "Indépendant"),
    ("salarie-prive", "Salarié du privé"),
    ("profession-liberale", "Profession libérale"),
    ("universitaire", "Universitaire"),
    ("retraite", "Retraité"),
];

fn options(cas: Cas) -> Options {
    match cas {
        Cas::ServiceRh | Cas::Personnel => AGENT,
        Cas::Independant => INDEPENDANT,
    }
}

impl Read for StatutProfessionnel {
    fn kind(contexte: &Contexte) -> Kind {
        Kind::Select(options(contexte.cas))
    }

    /// A status of another case is what remains after the case was changed: the person has yet to choose.
    fn read(raw: &str, contexte: &Contexte) -> Result<Self, FieldError> {
        let known = options(contexte.cas).iter().find(|(code, _)| *code == raw.trim());
        known.map(|(code, _)| Self { code }).ok_or(FieldError::Missing("Choisissez votre statut."))
    }
}

impl fmt::Display for StatutProfessionnel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code)
    }
}
