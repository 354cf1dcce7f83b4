use std::fmt;

use super::texte;
use crate::ports::MotDePasseRefuse;

/// A password as chosen or typed, composed so that two keyboards give the same one. Its strength is the server's to
/// judge.
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
