use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// The address typed a second time. Whether it is the same is a rule of the tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation(String);

/// An address has at most 254 characters (RFC 5321, 4.5.3.1.3, less the angle brackets).
const MAX: usize = 254;

impl Read for Confirmation {
    fn kind(_: &Contexte) -> Kind {
        Kind::Email
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        match texte::line(raw, MAX)? {
            text if text.is_empty() => Err(FieldError::Missing("Les deux adresses sont différentes.")),
            text => Ok(Self(text)),
        }
    }
}

textual!(Confirmation);
