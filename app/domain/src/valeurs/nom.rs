use super::texte;
use crate::onglet::{Contexte, FieldError, Read};

/// A family name: letters of any script, their marks, spaces, apostrophes and hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nom(String);

/// A first name: the rules of [`Nom`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prenom(String);

const MAX: usize = 80;

impl Read for Nom {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        name(
            raw,
            "Le nom ne peut pas contenir de chiffres.",
            "Le nom ne contient que des lettres, des espaces, des apostrophes et des traits d’union.",
        )
        .map(Self)
    }
}

impl Read for Prenom {
    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        name(
            raw,
            "Le prénom ne peut pas contenir de chiffres.",
            "Le prénom ne contient que des lettres, des espaces, des apostrophes et des traits d’union.",
        )
        .map(Self)
    }
}

textual!(Nom);
textual!(Prenom);

fn name(raw: &str, figures: &'static str, others: &'static str) -> Result<String, FieldError> {
    let text = texte::line(raw, MAX)?;
    let fine = |c: char| texte::is_letter(c) || matches!(c, ' ' | '\'' | '’' | '-');
    if text.chars().any(|c| c.is_numeric() && !c.is_alphabetic()) {
        return Err(FieldError::Invalid(figures));
    }
    if !text.chars().all(fine) || !text.chars().any(char::is_alphabetic) {
        return Err(FieldError::Invalid(others));
    }
    Ok(text)
}
