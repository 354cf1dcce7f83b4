//! The hour of a séance.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An hour of the day, to the minute. Shown « 9 h 30 ».
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Heure(u16);

impl Heure {
    /// `minutes` since midnight, if they are less than a day.
    pub const fn of(minutes: u16) -> Option<Self> {
        if minutes < 24 * 60 { Some(Self(minutes)) } else { None }
    }

    pub fn minutes(self) -> u16 {
        self.0
    }

    /// Reads « 9 », « 9 h », « 09:30 », « 9h30 » or « 9 h 30 ».
    pub fn read(raw: &str) -> Option<Self> {
        let text: String = raw.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        let (hours, minutes) = text.split_once(['h', ':']).unwrap_or((&text, ""));
        let number = |text: &str| {
            let plain = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u16>().ok().filter(|_| plain)
        };
        let minutes = if minutes.is_empty() { 0 } else { number(minutes).filter(|_| minutes.len() == 2)? };
        let hours = number(hours).filter(|hours| *hours < 24)?;
        (minutes < 60).then_some(Self(hours * 60 + minutes))
    }

    /// « 09:30 », as a browser's field has it.
    pub fn iso(self) -> String {
        format!("{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Display for Heure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 60, self.0 % 60) {
            (hours, 0) => write!(out, "{hours}\u{a0}h"),
            (hours, minutes) => write!(out, "{hours}\u{a0}h\u{a0}{minutes:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_as_people_write_them() {
        for (raw, minutes) in [
            ("9", 540),
            ("9h", 540),
            ("9 h", 540),
            ("09:00", 540),
            ("9h30", 570),
            (" 9 h 30 ", 570),
            ("9\u{a0}h\u{a0}05", 545),
            ("17H45", 1_065),
            ("0:00", 0),
            ("23:59", 1_439),
        ] {
            assert_eq!(Heure::read(raw).map(Heure::minutes), Some(minutes), "{raw:?}");
        }
        for wrong in ["", "24", "9h5", "9h60", "midi", "-1", "9:30:00", "009", "9.30", "+9", "h30"] {
            assert_eq!(Heure::read(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn an_hour_reads_back_in_both_forms() {
        for minutes in 0..24 * 60 {
            let heure = Heure::of(minutes).unwrap();
            assert_eq!(Heure::read(&heure.iso()), Some(heure));
            assert_eq!(Heure::read(&heure.to_string()), Some(heure));
        }
        assert_eq!(Heure::of(24 * 60), None);
    }
}
