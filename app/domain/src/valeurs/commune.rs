use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// The place line of an address, CEDEX included. It is compared with no list: a mismatch is the person's to judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commune(String);

const MAX: usize = 80;

impl Read for Commune {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let text = texte::line(raw, MAX)?;
        let fine = |c: char| {
            texte::is_letter(c) || c.is_numeric() || matches!(c, ' ' | '\'' | '’' | '-' | '/' | '.' | '(' | ')')
        };
        if !text.chars().any(char::is_alphanumeric) {
            return Err(FieldError::Missing("Renseignez votre commune."));
        }
        if !text.chars().all(fine) {
            return Err(FieldError::Invalid(
                "La commune ne contient que des lettres, des chiffres, des espaces, des apostrophes et des tirets.",
            ));
        }
        Ok(Self(text))
    }
}

textual!(Commune);
