use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// The place line of an address, CEDEX included. No list refuses it: only the person knows their commune.
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

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

textual!(Commune);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn communes_read_as_they_are_written_on_envelopes() {
        accepts::<Commune>(&[
            ("Toulouse", "Toulouse"),
            ("  TOULOUSE   CEDEX 9 ", "TOULOUSE CEDEX 9"),
            ("L’Haÿ-les-Roses", "L’Haÿ-les-Roses"),
            ("Villeneuve-d'Ascq", "Villeneuve-d'Ascq"),
            ("Saint-Denis (La Réunion)", "Saint-Denis (La Réunion)"),
            ("Y", "Y"),
            ("Brussel/Bruxelles", "Brussel/Bruxelles"),
            ("Ἀθῆναι", "Ἀθῆναι"),
        ]);
        refuses::<Commune>(
            "La commune ne contient que des lettres, des chiffres, des espaces, des apostrophes et des tirets.",
            &["Tou<louse", "Paris; 15e", "Lyon 💐"],
        );
        refuses::<Commune>("Renseignez votre commune.", &["-", "()", "’"]);
        refuses::<Commune>("Ce texte dépasse 80 caractères : abrégez-le.", &[&"a".repeat(81)]);
        refuses::<Commune>(UNSEEN, &["Tou\u{202e}louse"]);
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn an_accent_typed_apart_is_composed() {
        accepts::<Commune>(&[("E\u{301}vreux", "Évreux")]);
    }

    proprietes!(Commune, ["Toulouse CEDEX 9", "L’Haÿ-les-Roses", "Saint-Denis (La Réunion)", "कोलकाता"]);
}
