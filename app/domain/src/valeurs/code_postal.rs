use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// A postal code of any country. That a French one has five digits is a rule of the tab, which knows the country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePostal(String);

const MAX: usize = 16;

impl CodePostal {
    /// Whether a text is a French postal code as typed.
    pub fn is_french(raw: &str) -> bool {
        five_digits(texte::bare(raw)).is_some()
    }
}

/// Five digits and nothing else, in groups or not: « 31 000 ».
fn five_digits(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    (digits.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

impl Read for CodePostal {
    fn kind(_: &Contexte) -> Kind {
        Kind::Digits
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let text = texte::line(raw, MAX)?;
        if let Some(digits) = five_digits(&text) {
            return Ok(Self(digits));
        }
        let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
        if text.is_empty() || !text.chars().all(fine) {
            return Err(FieldError::Invalid(
                "Le code postal ne contient que des lettres, des chiffres, des espaces et des tirets.",
            ));
        }
        Ok(Self(text))
    }

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

textual!(CodePostal);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn the_postal_codes_of_the_world_read() {
        accepts::<CodePostal>(&[
            ("31000", "31000"),
            (" 97410 ", "97410"),
            ("SW1A  1AA", "SW1A 1AA"),
            ("L-1009", "L-1009"),
            ("L–1009", "L-1009"),
            ("31 000", "31000"),
            ("31\u{202f}000", "31000"),
            ("31\t000", "31000"),
            ("31.000", "31000"),
            ("\u{feff}31000\u{200b}", "31000"),
            ("00-950", "00-950"),
            ("1", "1"),
            ("1234567890123456", "1234567890123456"),
        ]);
        refuses::<CodePostal>(
            "Le code postal ne contient que des lettres, des chiffres, des espaces et des tirets.",
            &["31_000", "31000!", "３１０００", "é"],
        );
        refuses::<CodePostal>("Ce texte dépasse 16 caractères : abrégez-le.", &["12345678901234567"]);
        refuses::<CodePostal>(UNSEEN, &["31\u{200b}000"]);
    }

    #[test]
    fn a_french_postal_code_has_exactly_five_digits() {
        for (raw, french) in [
            ("31000", true),
            (" 01000 ", true),
            ("2A004", false),
            ("3100", false),
            ("310000", false),
            ("31 000", true),
            ("31\u{a0}000\u{200b}", true),
            ("00-950", false),
            ("３１０００", false),
            ("", false),
        ] {
            assert_eq!(CodePostal::is_french(raw), french, "{raw:?}");
        }
    }

    proprietes!(CodePostal, ["31000", "SW1A 1AA", "L-1009"]);
}
