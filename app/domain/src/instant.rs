//! Instants as people in France read them.

use time::{Date, Month, OffsetDateTime, UtcOffset, Weekday};

use crate::ports::Millis;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The date and time in metropolitan France. Out of range instants, which no clock gives, read as 1970.
pub fn paris(instant: Millis) -> OffsetDateTime {
    let utc = OffsetDateTime::from_unix_timestamp(instant.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let hours = if is_summer(utc) { 2 } else { 1 };
    UtcOffset::from_hms(hours, 0, 0).ok().and_then(|offset| utc.checked_to_offset(offset)).unwrap_or(utc)
}

/// The day in metropolitan France.
pub fn today(instant: Millis) -> Date {
    paris(instant).date()
}

/// Summer time runs from the last Sunday of March to the last Sunday of October, both at 01:00 UTC (directive
/// 2000/84/CE).
fn is_summer(utc: OffsetDateTime) -> bool {
    let change = |month| {
        let mut day = Date::from_calendar_date(utc.year(), month, 31).unwrap_or(Date::MIN);
        while day.weekday() != Weekday::Sunday {
            day = day.previous_day().unwrap_or(Date::MIN);
        }
        day.midnight().assume_utc() + time::Duration::hours(1)
    };
    (change(Month::March)..change(Month::October)).contains(&utc)
}

/// « 7 mars 2026 à 14 h 05 ».
pub fn en_clair(instant: Millis) -> String {
    let local = paris(instant);
    let day = match local.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    };
    let month = mois(local.month());
    format!("{day} {month} {} à {} h {:02}", local.year(), local.hour(), local.minute())
}

/// « 7 mars », « 1er avril ».
pub fn jour(instant: Millis) -> String {
    let date = today(instant);
    let first = if date.day() == 1 { "er" } else { "" };
    format!("{}{first} {}", date.day(), mois(date.month()))
}

/// A month's name.
pub fn mois(month: Month) -> &'static str {
    MOIS[usize::from(u8::from(month)) - 1]
}

const MOIS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// How long ago, in words: « aujourd’hui », « 3 jours ».
pub fn age(since: Millis, now: Millis) -> String {
    match now - since {
        short if short < HOUR => "moins d’une heure".to_owned(),
        hours if hours < DAY => format!("{} h", hours / HOUR),
        days if days < 2 * DAY => "1 jour".to_owned(),
        days => format!("{} jours", days / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01T00:00:00Z.
    const NEW_YEAR: Millis = 1_767_225_600_000;

    #[test]
    fn the_time_in_france_follows_the_summer_time() {
        assert_eq!(en_clair(NEW_YEAR), "1er janvier 2026 à 1 h 00");
        // 2026-03-29T00:59:59Z and one second later.
        let spring = 1_774_746_000_000;
        assert_eq!(en_clair(spring - 1000), "29 mars 2026 à 1 h 59");
        assert_eq!(en_clair(spring), "29 mars 2026 à 3 h 00");
        // 2026-10-25T01:00:00Z.
        let autumn = 1_792_890_000_000;
        assert_eq!(en_clair(autumn - 1000), "25 octobre 2026 à 2 h 59");
        assert_eq!(en_clair(autumn), "25 octobre 2026 à 2 h 00");
    }

    #[test]
    fn a_day_is_said_without_its_year() {
        assert_eq!(jour(NEW_YEAR), "1er janvier");
        assert_eq!(jour(NEW_YEAR - 2 * HOUR), "31 décembre");
    }

    #[test]
    fn any_instant_is_read_without_panic() {
        for instant in [i64::MIN, -1, 0, i64::MAX] {
            let _ = en_clair(instant);
        }
    }

    #[test]
    fn ages_are_said_in_words() {
        for (elapsed, words) in [
            (0, "moins d’une heure"),
            (HOUR, "1 h"),
            (23 * HOUR, "23 h"),
            (DAY, "1 jour"),
            (2 * DAY, "2 jours"),
            (40 * DAY, "40 jours"),
        ] {
            assert_eq!(age(NEW_YEAR, NEW_YEAR + elapsed), words);
        }
    }
}
