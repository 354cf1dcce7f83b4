use std::fmt;

use time::{Date, Month};

use super::texte;
use crate::collectivite::fold;
use crate::onglet::{Contexte, FieldError, Kind, Read};

/// The birth date of somebody old enough to work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateNaissance(Date);

const MIN_AGE: i32 = 16;
const MAX_AGE: i32 = 99;

const NOT_A_DATE: FieldError =
    FieldError::Invalid("Saisissez une date qui existe, au format JJ/MM/AAAA, par exemple 07/03/1980.");
const AGE: FieldError = FieldError::Invalid("Vous devez avoir entre 16 et 99 ans : vérifiez l’année de naissance.");

impl DateNaissance {
    pub fn date(self) -> Date {
        self.0
    }
}

impl Read for DateNaissance {
    fn kind(_: &Contexte) -> Kind {
        Kind::Digits
    }

    fn read(raw: &str, contexte: &Contexte) -> Result<Self, FieldError> {
        let date = parse(texte::bare(raw)).ok_or(NOT_A_DATE)?;
        let today = contexte.today;
        let birthday_to_come = (today.month() as u8, today.day()) < (date.month() as u8, date.day());
        let age = today.year() - date.year() - i32::from(birthday_to_come);
        if !(MIN_AGE..=MAX_AGE).contains(&age) {
            return Err(AGE);
        }
        Ok(Self(date))
    }

    fn shown(&self) -> Option<String> {
        Some(self.to_string())
    }
}

impl fmt::Display for DateNaissance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}/{:02}/{:04}", self.0.day(), self.0.month() as u8, self.0.year())
    }
}

/// Reads day, month and year, or the other way round as machines write them. The year needs four digits: two do not
/// tell the century.
fn parse(raw: &str) -> Option<Date> {
    let all: String = raw.chars().filter(|c| !c.is_whitespace()).collect();
    if all.len() == 8 && figures(&all).is_some() {
        return date(&all[..2], &all[2..4], &all[4..]);
    }
    let separator = |c: char| c.is_whitespace() || matches!(texte::plain(c), '/' | '.' | '-' | ',' | '\u{2044}');
    let parts: Vec<&str> = raw.split(separator).filter(|part| !part.is_empty()).collect();
    match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => date(day, month, year),
        [day, month, year] => date(day, month, year),
        _ => None,
    }
}

fn date(day: &str, month: &str, year: &str) -> Option<Date> {
    let day = day.strip_suffix("er").unwrap_or(day);
    if day.len() > 2 || year.len() != 4 {
        return None;
    }
    let month = match month.len() {
        1 | 2 => u8::try_from(figures(month)?).ok()?,
        _ => named(&fold(month))?,
    };
    let month = Month::try_from(month).ok()?;
    Date::from_calendar_date(i32::try_from(figures(year)?).ok()?, month, u8::try_from(figures(day)?).ok()?).ok()
}

const MONTHS: [&str; 12] = [
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
];

/// The month that a folded name, or the beginning of one, stands for.
fn named(name: &str) -> Option<u8> {
    let mut found = (1..).zip(MONTHS).filter(|(_, month)| name.len() > 2 && month.starts_with(name));
    // « jui » begins two months, so it names none.
    found.next().filter(|_| found.next().is_none()).map(|(month, _)| month)
}

/// A number in plain digits. `parse` alone would accept a sign.
fn figures(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::valeurs::proprietes::{accepts, proprietes, refuses};

    #[test]
    fn a_date_reads_however_it_is_separated() {
        accepts::<DateNaissance>(&[
            ("07/03/1980", "07/03/1980"),
            ("7/3/1980", "07/03/1980"),
            ("07.03.1980", "07/03/1980"),
            ("07-03-1980", "07/03/1980"),
            (" 07 03 1980 ", "07/03/1980"),
            ("07 / 03 / 1980", "07/03/1980"),
            ("07\u{a0}03\u{a0}1980", "07/03/1980"),
            ("07031980", "07/03/1980"),
            ("0703 1980", "07/03/1980"),
            ("07‐03–1980", "07/03/1980"),
            ("07\t03\t1980", "07/03/1980"),
            ("\u{200e}07/03/1980\u{feff}", "07/03/1980"),
            ("1980-03-07", "07/03/1980"),
            ("1980/3/7", "07/03/1980"),
            ("7 mars 1980", "07/03/1980"),
            ("7\u{a0}Mars 1980", "07/03/1980"),
            ("1er février 1980", "01/02/1980"),
            ("3 AOÛT 1980", "03/08/1980"),
            ("12 déc. 1980", "12/12/1980"),
            ("12-juil.-1980", "12/07/1980"),
            ("29/02/2004", "29/02/2004"),
        ]);
    }

    #[test]
    fn a_date_that_does_not_exist_is_refused() {
        refuses::<DateNaissance>(
            "Saisissez une date qui existe, au format JJ/MM/AAAA, par exemple 07/03/1980.",
            &[
                "29/02/2003",
                "31/04/1980",
                "00/01/1980",
                "01/13/1980",
                "07/03/80",
                "1980-13-07",
                "1980-03-32",
                "7 jui 1980",
                "7 ma 1980",
                "7 marsupial 1980",
                "30 février 1980",
                "7 mars 80",
                "7031980",
                "07/03",
                "07/03/1980/1",
                "+7/03/1980",
                "07/03/+198",
                "hier",
                "٠٧/٠٣/١٩٨٠",
                "é703198",
                "9999999999999/1/1980",
                "/",
            ],
        );
    }

    #[test]
    fn sixteen_and_ninety_nine_are_in_and_the_days_beyond_are_out() {
        // The tests' day is 15 March 2026.
        accepts::<DateNaissance>(&[("15/03/2010", "15/03/2010"), ("16/03/1926", "16/03/1926")]);
        refuses::<DateNaissance>(
            "Vous devez avoir entre 16 et 99 ans : vérifiez l’année de naissance.",
            &["16/03/2010", "15/03/1926", "01/01/2030", "01/01/0000", "01/01/9999"],
        );
    }

    proprietes!(DateNaissance, ["07/03/1980", "07031980", "7.3.1980", "29-02-2004", "31 12 1999"]);
}
