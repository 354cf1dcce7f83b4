//! Instants as people in France read them.

use time::{Date, Month, OffsetDateTime, UtcOffset, Weekday};

/// An instant: milliseconds since 1970-01-01 UTC.
pub type Millis = i64;

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

/// The instant of a full hour of a day in metropolitan France. Do not ask for 2:00 or 3:00: some days have them twice
/// or not at all.
pub fn at_hour(day: Date, hour: u8) -> Millis {
    let time = time::Time::from_hms(hour, 0, 0).unwrap_or(time::Time::MIDNIGHT);
    let as_utc = day.with_time(time).assume_utc().unix_timestamp() * 1000;
    as_utc - i64::from(paris(as_utc).offset().whole_seconds()) * 1000
}

/// A day as a browser's field sends it: AAAA-MM-JJ.
pub fn read_day(raw: &str) -> Option<Date> {
    let mut parts = raw.trim().splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok().filter(|year| (1970..10_000).contains(year))?, month, day.parse().ok()?)
        .ok()
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
    format!("{} à {}", jour(today(instant)), heure(instant))
}

/// « 14 h 05 ».
pub fn heure(instant: Millis) -> String {
    let local = paris(instant);
    format!("{}\u{a0}h\u{a0}{:02}", local.hour(), local.minute())
}

/// « 14 h 05 », « 14 h ».
pub fn heure_breve(instant: Millis) -> String {
    let local = paris(instant);
    match local.minute() {
        0 => format!("{}\u{a0}h", local.hour()),
        _ => heure(instant),
    }
}

/// « 7 mars 2026 à 14 h 05 », « 7 mars 2026 à 14 h ».
pub fn jour_et_heure(instant: Millis) -> String {
    format!("{} à {}", jour(today(instant)), heure_breve(instant))
}

/// « 7 mars 2026 ».
pub fn jour(date: Date) -> String {
    format!("{} {}", jour_et_mois(date), date.year())
}

/// The same day so many months later, or the last of a shorter month. A date no calendar has reads as the last one.
pub fn months_after(date: Date, months: u32) -> Date {
    moved_by(date, i64::from(months))
}

/// The same day so many months earlier, or the last of a shorter month.
pub fn months_before(date: Date, months: u32) -> Date {
    moved_by(date, -i64::from(months))
}

fn moved_by(date: Date, months: i64) -> Date {
    let from_year_0 = i64::from(date.year()) * 12 + i64::from(u8::from(date.month())) - 1 + months;
    let (year, month) = (from_year_0.div_euclid(12), from_year_0.rem_euclid(12) + 1);
    let month = u8::try_from(month).ok().and_then(|month| Month::try_from(month).ok());
    let (Ok(year), Some(month)) = (i32::try_from(year), month) else { return Date::MAX };
    Date::from_calendar_date(year, month, date.day().min(month.length(year))).unwrap_or(Date::MAX)
}

/// « 7 mars », « 1er avril ».
pub fn jour_et_mois(date: Date) -> String {
    let first = if date.day() == 1 { "er" } else { "" };
    format!("{}{first}\u{a0}{}", date.day(), mois(date.month()))
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

/// How long something takes, rounded up: « moins d’une heure », « 5 heures », « 3 jours ».
pub fn duree(length: Millis) -> String {
    let rounded_up = |unit: i64| (length + unit - 1) / unit;
    match length {
        short if short < HOUR => "moins d’une heure".to_owned(),
        hours if hours <= 23 * HOUR => format!("{}\u{a0}heures", rounded_up(HOUR).max(2)),
        day if day <= DAY => "1\u{a0}jour".to_owned(),
        _ => format!("{}\u{a0}jours", rounded_up(DAY)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-01-01T00:00:00Z.
    const NEW_YEAR: Millis = 1_767_225_600_000;

    #[test]
    fn the_time_in_france_follows_the_summer_time() {
        let plain = |instant| en_clair(instant).replace('\u{a0}', " ");
        assert_eq!(plain(NEW_YEAR), "1er janvier 2026 à 1 h 00");
        // 2026-03-29T00:59:59Z and one second later.
        let spring = 1_774_746_000_000;
        assert_eq!(plain(spring - 1000), "29 mars 2026 à 1 h 59");
        assert_eq!(plain(spring), "29 mars 2026 à 3 h 00");
        // 2026-10-25T01:00:00Z.
        let autumn = 1_792_890_000_000;
        assert_eq!(plain(autumn - 1000), "25 octobre 2026 à 2 h 59");
        assert_eq!(plain(autumn), "25 octobre 2026 à 2 h 00");
    }

    #[test]
    fn a_day_is_said_without_its_year() {
        assert_eq!(jour_et_mois(today(NEW_YEAR)), "1er\u{a0}janvier");
        assert_eq!(jour_et_mois(today(NEW_YEAR - 2 * HOUR)), "31\u{a0}décembre");
    }

    #[test]
    fn a_day_begins_and_works_begin_at_the_hour_of_france() {
        let day = |raw| read_day(raw).unwrap();
        // Winter, the two days of change, summer.
        for (raw, utc_midnight, utc_seven) in
            [("2026-01-15", 23, 6), ("2026-03-29", 23, 5), ("2026-07-15", 22, 5), ("2026-10-25", 22, 6)]
        {
            let hour = |instant: Millis| instant.div_euclid(HOUR).rem_euclid(24);
            assert_eq!(hour(at_hour(day(raw), 0)), utc_midnight, "{raw}");
            assert_eq!(hour(at_hour(day(raw), 7)), utc_seven, "{raw}");
            assert_eq!(today(at_hour(day(raw), 0)), day(raw));
        }
        for wrong in ["", "2026-13-01", "2026-02-30", "15/01/2026", "9-1-1", "99999-01-01"] {
            assert_eq!(read_day(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn any_instant_is_read_without_panic() {
        for instant in [i64::MIN, -1, 0, i64::MAX] {
            let _ = en_clair(instant);
        }
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_last_one() {
        let date = |year, month, day| Date::from_calendar_date(year, Month::try_from(month).unwrap(), day).unwrap();
        for (months, later) in [(0, date(2026, 12, 31)), (2, date(2027, 2, 28)), (14, date(2028, 2, 29))] {
            assert_eq!(months_after(date(2026, 12, 31), months), later);
        }
        assert_eq!(months_after(Date::MAX, u32::MAX), Date::MAX);
    }

    #[test]
    fn lengths_are_rounded_up_in_words() {
        for (length, words) in [
            (0, "moins d’une heure"),
            (HOUR, "2\u{a0}heures"),
            (5 * HOUR + 1, "6\u{a0}heures"),
            (23 * HOUR + 1, "1\u{a0}jour"),
            (DAY + 1, "2\u{a0}jours"),
            (9 * DAY, "9\u{a0}jours"),
        ] {
            assert_eq!(duree(length), words);
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
