use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// A postal code of any country. That a French one has five digits is a rule of the tab, which knows the country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePostal(String);

const MAX: usize = 16;

impl CodePostal {
    /// Whether a text is a French postal code as typed.
    pub fn is_french(raw: &str) -> bool {
        let raw = raw.trim();
        raw.len() == 5 && raw.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl Read for CodePostal {
    fn kind(_: &Contexte) -> Kind {
        Kind::Digits
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let text = texte::line(raw, MAX)?;
        let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
        if text.is_empty() || !text.chars().all(fine) {
            return Err(FieldError::Invalid(
                "Le code postal ne contient que des lettres, des chiffres, des espaces et des tirets.",
            ));
        }
        Ok(Self(text))
    }
}

textual!(CodePostal);
