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

/// Saint-Pierre-et-Miquelon. Its numbers have six digits: the 508 dialled before them from elsewhere is the code
/// itself.
const SAINT_PIERRE: &str = "508";

impl Read for Telephone {
    fn kind(_: &Contexte) -> Kind {
        Kind::Telephone
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let compact = texte::figures(raw)?;
        let compact = compact.strip_prefix("tel:").unwrap_or(&compact);
        let number = match (compact.strip_prefix('+'), compact.strip_prefix("00")) {
            (Some(digits), _) | (_, Some(digits)) => international(digits),
            _ => compact.strip_prefix('0').and_then(national),
        };
        number.map(Self).ok_or(INVALID)
    }

    /// In groups, where the country's are known: « +262 692 12 34 56 ».
    fn shown(&self) -> Option<String> {
        const GROUPED: [&str; 6] = ["+33", "+262", "+508", "+590", "+594", "+596"];
        let Some(code) = GROUPED.into_iter().find(|code| self.0.starts_with(code)) else {
            return Some(self.0.clone());
        };
        let mut text = code.to_owned();
        for (at, digit) in self.0.chars().enumerate().skip(code.len()) {
            let left = self.0.len() - at;
            // Pairs from the end. Before them, one digit in mainland France and three overseas.
            if at == code.len() || left.is_multiple_of(2) && (left < 8 || code == "+33") {
                text.push(' ');
            }
            text.push(digit);
        }
        Some(text)
    }
}

textual!(Telephone);

impl Telephone {
    /// A French number in the form of E.164 as it is written in France, two digits at a time. Foreign numbers stay as
    /// they are.
    pub fn lisible(e164: &str) -> String {
        let national = ["+33", "+262", "+590", "+594", "+596"].into_iter().find_map(|code| e164.strip_prefix(code));
        match national.filter(|rest| rest.len() == 9 && rest.is_ascii()) {
            Some(rest) => {
                let pairs: Vec<&str> = (1..9).step_by(2).map(|at| &rest[at..at + 2]).collect();
                format!("0{} {}", &rest[..1], pairs.join(" "))
            }
            None => e164.to_owned(),
        }
    }
}

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

/// The digits after the + (ITU-T E.164: 15 digits at most, country code included).
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::valeurs::proprietes::{UNSEEN, accepts, contexte, proprietes, refuses};

    #[test]
    fn a_french_number_reads_however_it_is_grouped() {
        accepts::<Telephone>(&[
            ("0612345678", "+33612345678"),
            ("06 12 34 56 78", "+33612345678"),
            ("06.12.34.56.78", "+33612345678"),
            ("06-12-34-56-78", "+33612345678"),
            ("06–12−34\u{2011}56-78", "+33612345678"),
            ("06\t12\t34\t56\t78", "+33612345678"),
            ("\u{202a}+33 6 12 34 56 78\u{202c}", "+33612345678"),
            ("tel:+33-6-12-34-56-78", "+33612345678"),
            ("06\u{a0}12\u{202f}34 56 78", "+33612345678"),
            ("+33612345678", "+33612345678"),
            ("+33 (0)6 12 34 56 78", "+33612345678"),
            ("0033 6 12 34 56 78", "+33612345678"),
            ("05 61 00 00 00", "+33561000000"),
        ]);
    }

    #[test]
    fn overseas_prefixes_have_their_own_code() {
        accepts::<Telephone>(&[
            ("0262 12 34 56", "+262262123456"),
            ("0692 12 34 56", "+262692123456"),
            ("0693 12 34 56", "+262693123456"),
            ("0269 12 34 56", "+262269123456"),
            ("0639 12 34 56", "+262639123456"),
            ("0590 12 34 56", "+590590123456"),
            ("0690 12 34 56", "+590690123456"),
            ("0594 12 34 56", "+594594123456"),
            ("0694 12 34 56", "+594694123456"),
            ("0596 12 34 56", "+596596123456"),
            ("0696 12 34 56", "+596696123456"),
            ("0508 12 34 56", "+508123456"),
            ("+33 692 12 34 56", "+262692123456"),
            ("+262 0692 12 34 56", "+262692123456"),
            ("+508 12 34 56", "+508123456"),
        ]);
    }

    #[test]
    fn a_french_number_is_written_two_digits_at_a_time() {
        for (e164, lisible) in [
            ("+33561222222", "05 61 22 22 22"),
            ("+262262123456", "02 62 12 34 56"),
            ("+508123456", "+508123456"),
            ("+3221234567", "+3221234567"),
            ("", ""),
        ] {
            assert_eq!(Telephone::lisible(e164), lisible);
        }
    }

    #[test]
    fn a_number_is_shown_in_the_groups_of_its_country() {
        for (raw, shown) in [
            ("0612345678", "+33 6 12 34 56 78"),
            ("0692123456", "+262 692 12 34 56"),
            ("0590123456", "+590 590 12 34 56"),
            ("+508123456", "+508 12 34 56"),
            ("0508123456", "+508 12 34 56"),
            ("+32 2 123 45 67", "+3221234567"),
        ] {
            assert_eq!(Telephone::read(raw, &contexte(Cas::Personnel)).unwrap().shown().as_deref(), Some(shown));
        }
    }

    #[test]
    fn the_numbers_of_other_countries_read() {
        accepts::<Telephone>(&[
            ("+32 2 123 45 67", "+3221234567"),
            ("00 32 2 123 45 67", "+3221234567"),
            ("+1 (202) 555-0123", "+12025550123"),
            ("+39 06 1234 5678", "+390612345678"),
            ("+123456789012345", "+123456789012345"),
        ]);
    }

    #[test]
    fn anything_else_is_refused() {
        refuses::<Telephone>(
            "Le numéro comporte 10 chiffres, ou commence par + et l’indicatif du pays.",
            &[
                "061234567",
                "06123456789",
                "612345678",
                "33612345678",
                "1612345678",
                "+33 6 12 34 56 7",
                "+330012345678",
                "+0612345678",
                "+1234567890123456",
                "+12345",
                "+262 12 34 56",
                "06 12 34 56 7a",
                "06+12345678",
                "++33612345678",
                "٠٦١٢٣٤٥٦٧٨",
                "néant",
                "+",
                "00",
            ],
        );
        refuses::<Telephone>(UNSEEN, &["06\u{200b}12345678"]);
    }

    proprietes!(Telephone, ["06 12 34 56 78", "+33 (0)6 12 34 56 78", "0692123456", "+508123456", "+12025550123"]);
}
