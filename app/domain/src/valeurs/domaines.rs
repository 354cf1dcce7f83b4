use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// The subjects that the person teaches, in their own words.
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

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

textual!(Domaines);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn lines_are_kept_and_blank_ones_dropped() {
        accepts::<Domaines>(&[
            ("Finances  locales, état civil", "Finances locales, état civil"),
            ("Finances locales\r\n\r\n  état civil \r\n", "Finances locales\nétat civil"),
            ("<b>=1+1</b>", "<b>=1+1</b>"),
            (
                "Finances\tlocales\u{b}état civil\u{2028}budget\u{2029}\u{c}paie",
                "Finances locales\nétat civil\nbudget\npaie",
            ),
            ("Droit\u{200b}\r\n\u{200b}", "Droit"),
        ]);
        accepts::<Domaines>(&[(&"é".repeat(300), &"é".repeat(300))]);
        refuses::<Domaines>("Ce texte dépasse 300 caractères : abrégez-le.", &[&"é".repeat(301), &"é\n".repeat(151)]);
        refuses::<Domaines>(UNSEEN, &["a\u{202e}b", "a\0b", "a\rb"]);
    }

    proprietes!(Domaines, ["Finances locales,\nétat civil", "Management\r\nMarchés publics"]);
}
