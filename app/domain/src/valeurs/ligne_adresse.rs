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

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

textual!(LigneAdresse);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn a_line_of_38_characters_reads_and_39_do_not() {
        accepts::<LigneAdresse>(&[
            ("12\tbis, rue de l‘Église\u{200b}", "12 bis, rue de l’Église"),
            (" 12 bis,  rue de l’Église ", "12 bis, rue de l’Église"),
            ("12 RUE DU GENERAL DE GAULLE BATIMENT A", "12 RUE DU GENERAL DE GAULLE BATIMENT A"),
            (&format!("  {}  ", "é".repeat(38)), &"é".repeat(38)),
        ]);
        refuses::<LigneAdresse>(
            "Cette ligne dépasse 38 caractères : abrégez-la.",
            &[&"é".repeat(39), "12 RUE DU GENERAL DE GAULLE BATIMENT AB"],
        );
        refuses::<LigneAdresse>(UNSEEN, &["12 rue\nde la Paix", "12\u{feff}bis"]);
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn an_accent_typed_apart_does_not_count() {
        accepts::<LigneAdresse>(&[(&"e\u{301}".repeat(38), &"é".repeat(38))]);
    }

    proprietes!(LigneAdresse, ["12 bis, rue de l’Église", "12 RUE DU GENERAL DE GAULLE BATIMENT A"]);
}
