use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// The number of an establishment (INSEE): a SIREN and five more digits, each checked by Luhn's formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siret(String);

/// La Poste ran out of establishment numbers that pass Luhn's formula. For this SIREN, INSEE takes a sum of digits
/// divisible by five instead.
const LA_POSTE: &str = "356000000";

const INVALID: FieldError = FieldError::Invalid("Ce SIRET n’est pas valable : vérifiez les 14 chiffres.");

impl Read for Siret {
    fn kind(_: &Contexte) -> Kind {
        Kind::Digits
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let digits = texte::figures(raw)?;
        if digits.len() != 14 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(INVALID);
        }
        let (siren, _) = digits.split_at(9);
        let la_poste =
            siren == LA_POSTE && digits.bytes().map(|byte| u32::from(byte - b'0')).sum::<u32>().is_multiple_of(5);
        // Zeroes pass the formula and name nobody.
        let named = siren.bytes().any(|byte| byte != b'0');
        if named && luhn(siren) && (luhn(&digits) || la_poste) { Ok(Self(digits)) } else { Err(INVALID) }
    }

    /// As it is printed: « 732 829 320 00074 ».
    fn shown(&self) -> Option<String> {
        let digits = &self.0;
        Some([&digits[..3], &digits[3..6], &digits[6..9], &digits[9..]].join(" "))
    }
}

textual!(Siret);

/// The nine digits that name an organisation, in groups or not; `None` when a digit is wrong.
pub fn siren(raw: &str) -> Option<String> {
    let digits = texte::figures(raw).ok()?;
    let right = digits.len() == 9 && digits.bytes().all(|byte| byte.is_ascii_digit()) && luhn(&digits);
    (right && digits.bytes().any(|byte| byte != b'0')).then_some(digits)
}

/// ISO/IEC 7812-1, annex B, on a text of digits.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') << (at % 2);
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{UNSEEN, accepts, proprietes, refuses};

    #[test]
    fn a_siret_reads_with_or_without_its_spaces() {
        accepts::<Siret>(&[
            ("73282932000074", "73282932000074"),
            (" 732 829 320 00074 ", "73282932000074"),
            ("732\u{a0}829\u{a0}320\u{202f}00074", "73282932000074"),
            ("732.829.320-00074", "73282932000074"),
            ("732\t829\t320\t00074", "73282932000074"),
            ("732–829–320\u{2011}00074", "73282932000074"),
            ("\u{202d}73282932000074\u{202c}", "73282932000074"),
        ]);
    }

    #[test]
    fn la_poste_has_its_own_rule() {
        accepts::<Siret>(&[
            // The seat passes the formula; the next two only have a digit sum divisible by five.
            ("35600000000048", "35600000000048"),
            ("35600000049837", "35600000049837"),
            ("35600000000006", "35600000000006"),
        ]);
        refuses::<Siret>(
            "Ce SIRET n’est pas valable : vérifiez les 14 chiffres.",
            // A digit sum divisible by five is accepted from La Poste only.
            &["35600000000049", "73282932000078"],
        );
    }

    #[test]
    fn a_wrong_figure_is_caught() {
        refuses::<Siret>(
            "Ce SIRET n’est pas valable : vérifiez les 14 chiffres.",
            &[
                "73282932000075",
                "73282932100074",
                "7328293200007",
                "732829320000744",
                "00000000000000",
                "7328293200007a",
                "７３２８２９３２００００７４",
                "-",
            ],
        );
        refuses::<Siret>(UNSEEN, &["732829320\u{200b}00074"]);
    }

    #[test]
    fn the_siren_is_checked_by_itself() {
        let digits = |siren: &str| {
            (0..10).map(|last| format!("{siren}0000{last}")).find(|siret| luhn(siret)).unwrap_or_default()
        };
        accepts::<Siret>(&[(&digits("732829320"), &digits("732829320"))]);
        refuses::<Siret>("Ce SIRET n’est pas valable : vérifiez les 14 chiffres.", &[&digits("732829321")]);
    }

    proprietes!(Siret, ["73282932000074", "732 829 320 00074", "35600000049837"]);
}
