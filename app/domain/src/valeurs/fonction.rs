use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// What the person does for a living, in their own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fonction(String);

const MAX: usize = 100;

impl Read for Fonction {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        match texte::line(raw, MAX)? {
            text if text.is_empty() => Err(FieldError::Missing("Renseignez votre fonction.")),
            text => Ok(Self(text)),
        }
    }
}

textual!(Fonction);
