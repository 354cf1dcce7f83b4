use std::fmt;

use time::{Date, Month};

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
        let date = parse(raw.trim()).ok_or(NOT_A_DATE)?;
        let today = contexte.today;
        let birthday_to_come = (today.month() as u8, today.day()) < (date.month() as u8, date.day());
        let age = today.year() - date.year() - i32::from(birthday_to_come);
        if !(MIN_AGE..=MAX_AGE).contains(&age) {
            return Err(AGE);
        }
        Ok(Self(date))
    }
}

impl fmt::Display for DateNaissance {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}/{:02}/{:04}", self.0.day(), self.0.month() as u8, self.0.year())
    }
}

/// Day, month, year; only a year of four digits tells its century.
fn parse(raw: &str) -> Option<Date> {
    let separator = |c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-');
    let parts: Vec<&str> = raw.split(separator).filter(|part| !part.is_empty()).collect();
    let (day, month, year) = match *parts.as_slice() {
        [day, month, year] => (day, month, year),
        [all] if all.len() == 8 && all.is_ascii() => (&all[..2], &all[2..4], &all[4..]),
        _ => return None,
    };
    if day.len() > 2 || month.len() > 2 || year.len() != 4 {
        return None;
    }
    let month = Month::try_from(u8::try_from(figures(month)?).ok()?).ok()?;
    Date::from_calendar_date(i32::from(figures(year)?), month, u8::try_from(figures(day)?).ok()?).ok()
}

/// A number in plain digits, without the sign `parse` takes.
fn figures(text: &str) -> Option<u16> {
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
                "1980-03-07",
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
