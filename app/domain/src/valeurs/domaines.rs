use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// What the person teaches, in their own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domaines(String);

const MAX: usize = 300;

impl Read for Domaines {
    fn kind(_: &Contexte) -> Kind {
        Kind::LongText
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        match texte::lines(raw, MAX)? {
            text if text.is_empty() => Err(FieldError::Missing("Renseignez vos domaines d’intervention.")),
            text => Ok(Self(text)),
        }
    }
}

textual!(Domaines);
