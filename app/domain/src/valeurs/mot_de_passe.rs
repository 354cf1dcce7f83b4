use std::fmt;

use serde::{Deserialize, Serialize};

use super::texte;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MotDePasseRefuse {
    TropCourt,
    TropLong,
    TropFaible,
    /// It is in a list of leaked passwords.
    Fuite,
}

/// A password as chosen or typed, composed so that two keyboards give the same one. The server judges its strength.
#[derive(Clone, PartialEq, Eq)]
pub struct MotDePasse(String);

impl MotDePasse {
    /// Characters at least, for a formateur.
    pub const MIN: usize = 12;
    /// Characters at least, for a gestionnaire or an administrateur.
    pub const MIN_STAFF: usize = 15;
    /// Characters at most: past this a text is an attack on the hash, not a password.
    pub const MAX: usize = 128;

    /// Never trimmed: a space is a character like any other.
    ///
    /// # Errors
    /// Fewer than `min` or more than [`Self::MAX`] characters.
    pub fn parse(raw: &str, min: usize) -> Result<Self, MotDePasseRefuse> {
        let text = texte::composed(raw);
        if texte::length_at_most(&text) < min {
            return Err(MotDePasseRefuse::TropCourt);
        }
        if texte::length(&text) > Self::MAX {
            return Err(MotDePasseRefuse::TropLong);
        }
        Ok(Self(text))
    }

    /// The secret itself, for the hash and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for MotDePasse {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("MotDePasse(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::valeurs::proprietes::texts;

    #[test]
    fn the_length_is_counted_in_characters_and_spaces_count() {
        use MotDePasseRefuse::{TropCourt, TropLong};
        for (raw, min, expected) in [
            ("onze caract".to_owned(), MotDePasse::MIN, Err(TropCourt)),
            ("douze carac.".to_owned(), MotDePasse::MIN, Ok(())),
            ("douze carac.".to_owned(), MotDePasse::MIN_STAFF, Err(TropCourt)),
            (" dix carac ".to_owned() + " ", MotDePasse::MIN, Ok(())),
            ("é".repeat(12), MotDePasse::MIN, Ok(())),
            ("é".repeat(128), MotDePasse::MIN, Ok(())),
            ("é".repeat(129), MotDePasse::MIN, Err(TropLong)),
            (String::new(), MotDePasse::MIN, Err(TropCourt)),
        ] {
            assert_eq!(MotDePasse::parse(&raw, min).map(|_| ()), expected, "{raw:?}");
        }
    }

    #[test]
    fn it_is_never_trimmed_and_never_printed() {
        let secret = MotDePasse::parse("  douze caractères ", MotDePasse::MIN).unwrap();
        assert_eq!(secret.expose(), "  douze caractères ");
        assert!(!format!("{secret:?}").contains("douze"));
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn two_keyboards_give_one_password() {
        let parse = |raw| MotDePasse::parse(raw, MotDePasse::MIN).unwrap();
        assert_eq!(parse("cafe\u{301} du matin"), parse("café du matin"));
        assert_eq!(MotDePasse::parse(&"e\u{301}".repeat(11), MotDePasse::MIN), Err(MotDePasseRefuse::TropCourt));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn what_is_accepted_reads_back(raw in texts(&["correct cheval batterie", "douze carac."])) {
            if let Ok(secret) = MotDePasse::parse(&raw, MotDePasse::MIN) {
                prop_assert_eq!(MotDePasse::parse(secret.expose(), MotDePasse::MIN), Ok(secret));
            }
        }
    }
}
