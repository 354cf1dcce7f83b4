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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn any_short_text_reads_since_only_the_tab_can_compare_it() {
        accepts::<Confirmation>(&[("jean@exemple.fr", "jean@exemple.fr"), (" pas une adresse ", "pas une adresse")]);
        refuses::<Confirmation>("Ce texte dépasse 254 caractères : abrégez-le.", &[&"a".repeat(255)]);
        refuses::<Confirmation>(UNSEEN, &["jean\0@exemple.fr", "jean@exemple.fr\r\nBcc: x"]);
    }

    proprietes!(Confirmation, ["jean.dupont@exemple.fr"]);
}
