use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// The service of the collectivité in which an agent works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service(String);

const MAX: usize = 100;

impl Read for Service {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        match texte::line(raw, MAX)? {
            text if text.is_empty() => Err(FieldError::Missing("Renseignez ce champ.")),
            text => Ok(Self(text)),
        }
    }

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

textual!(Service);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn a_service_is_a_line_of_a_hundred_characters() {
        accepts::<Service>(&[(" Direction  des finances ", "Direction des finances"), ("SG/DRH 2", "SG/DRH 2")]);
        accepts::<Service>(&[(&"é".repeat(100), &"é".repeat(100))]);
        refuses::<Service>("Ce texte dépasse 100 caractères : abrégez-le.", &[&"é".repeat(101)]);
        refuses::<Service>(UNSEEN, &["a\u{202e}b"]);
    }

    proprietes!(Service, ["Direction des finances", "Pôle « Éducation »"]);
}
