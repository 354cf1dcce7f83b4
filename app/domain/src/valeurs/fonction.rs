use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// The person's job, in their own words.
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

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

textual!(Fonction);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn any_short_text_is_a_function() {
        accepts::<Fonction>(&[
            (" Chargée   de mission (n°\u{a0}2) ", "Chargée de mission (n° 2)"),
            ("Formateur & consultant", "Formateur & consultant"),
            ("Chargé d‘études\tprojets", "Chargé d’études projets"),
            ("Agent\u{200e}", "Agent"),
        ]);
        accepts::<Fonction>(&[(&"é".repeat(100), &"é".repeat(100))]);
        refuses::<Fonction>("Ce texte dépasse 100 caractères : abrégez-le.", &[&"é".repeat(101)]);
        refuses::<Fonction>(UNSEEN, &["Agent\r\nBcc: x", "A\u{2066}gent", "A\u{61c}gent", "A\u{200e}gent"]);
    }

    proprietes!(Fonction, ["Responsable des finances", "Secrétaire de mairie"]);
}
