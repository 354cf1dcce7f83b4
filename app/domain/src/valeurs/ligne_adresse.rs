use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// A line of a postal address as it is printed on an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LigneAdresse(String);

/// NF Z10-011: a line has 38 characters, spaces included.
const MAX: usize = 38;

impl Read for LigneAdresse {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        match texte::line(raw, MAX) {
            Err(FieldError::TooLong { .. }) => {
                Err(FieldError::Invalid("Cette ligne dépasse 38 caractères : abrégez-la."))
            }
            Ok(text) if text.is_empty() => Err(FieldError::Missing("Renseignez ce champ.")),
            read => read.map(Self),
        }
    }
}

textual!(LigneAdresse);
