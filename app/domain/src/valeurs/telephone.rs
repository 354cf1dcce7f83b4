use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// A telephone number in the form of E.164: `+33612345678`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telephone(String);

const INVALID: FieldError =
    FieldError::Invalid("Le numéro comporte 10 chiffres, ou commence par + et l’indicatif du pays.");

/// The overseas prefixes of the national numbering plan (Arcep) and their country's code.
const OVERSEAS: &[(&str, &str)] = &[
    ("262", "262"), // La Réunion
    ("692", "262"),
    ("693", "262"),
    ("269", "262"), // Mayotte
    ("639", "262"),
    ("590", "590"), // Guadeloupe, Saint-Barthélemy, Saint-Martin
    ("690", "590"),
    ("691", "590"),
    ("594", "594"), // Guyane
    ("694", "594"),
    ("596", "596"), // Martinique
    ("696", "596"),
    ("697", "596"),
];

/// Saint-Pierre-et-Miquelon, whose numbers have six digits: the 508 dialled from elsewhere is the code itself.
const SAINT_PIERRE: &str = "508";

impl Read for Telephone {
    fn kind(_: &Contexte) -> Kind {
        Kind::Telephone
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        if raw.trim().chars().any(texte::is_unseen) {
            return Err(FieldError::Control);
        }
        let decoration =
            |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '/' | '(' | ')' | '\u{2010}'..='\u{2015}');
        let compact: String = raw.chars().filter(|c| !decoration(*c)).collect();
        let number = match (compact.strip_prefix('+'), compact.strip_prefix("00")) {
            (Some(digits), _) | (_, Some(digits)) => international(digits),
            _ => compact.strip_prefix('0').and_then(national),
        };
        number.map(Self).ok_or(INVALID)
    }
}

textual!(Telephone);

/// The nine digits after the leading 0.
fn national(rest: &str) -> Option<String> {
    if rest.len() != 9 || !digits(rest) || rest.starts_with('0') {
        return None;
    }
    if let Some(local) = rest.strip_prefix(SAINT_PIERRE) {
        return Some(format!("+{SAINT_PIERRE}{local}"));
    }
    let code = OVERSEAS.iter().find(|(prefix, _)| rest.starts_with(prefix)).map_or("33", |(_, code)| code);
    Some(format!("+{code}{rest}"))
}

/// What follows the + (ITU-T E.164: 15 digits at most, country code included).
fn international(number: &str) -> Option<String> {
    if !(7..=15).contains(&number.len()) || !digits(number) || number.starts_with('0') {
        return None;
    }
    // People keep the national 0: +33 (0)6 12 34 56 78.
    let without_zero = |rest: &str| rest.strip_prefix('0').unwrap_or(rest).to_owned();
    if let Some(rest) = number.strip_prefix("33") {
        return national(&without_zero(rest));
    }
    if let Some(rest) = number.strip_prefix(SAINT_PIERRE) {
        let rest = without_zero(rest);
        return matches!(rest.len(), 6 | 9).then(|| format!("+{SAINT_PIERRE}{rest}"));
    }
    for code in ["262", "590", "594", "596"] {
        if let Some(rest) = number.strip_prefix(code) {
            let rest = without_zero(rest);
            return (rest.len() == 9).then(|| format!("+{code}{rest}"));
        }
    }
    Some(format!("+{number}"))
}

fn digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
