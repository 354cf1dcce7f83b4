//! Working days and public holidays in metropolitan France, and the hours at which a place may be offered.

use time::{Date, Duration, Month, Weekday};

use crate::instant::{Millis, at_hour, today};

/// Places are offered from this hour on, in Paris.
pub const OFFRES_DE: u8 = 8;
/// And until this one.
pub const OFFRES_A: u8 = 20;

/// Whether a day is a public holiday (code du travail, L3133-1).
pub fn is_holiday(day: Date) -> bool {
    let (month, number) = (day.month(), day.day());
    let fixed = matches!(
        (month, number),
        (Month::January, 1)
            | (Month::May, 1 | 8)
            | (Month::July, 14)
            | (Month::August, 15)
            | (Month::November, 1 | 11)
            | (Month::December, 25)
    );
    // Easter Monday, Ascension, Whit Monday.
    let moving = easter(day.year()).is_some_and(|easter| matches!((day - easter).whole_days(), 1 | 39 | 50));
    fixed || moving
}

/// Easter Sunday of the Gregorian calendar, by the anonymous method (Meeus, Jones, Butcher).
fn easter(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    let (month, day) = (u8::try_from(sum / 31).ok()?, u8::try_from(sum % 31 + 1).ok()?);
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

/// Monday to Friday, and no holiday.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// The working day that comes `count` working days after `day`.
pub fn working_days_after(day: Date, count: u32) -> Date {
    moved(day, count, Duration::DAY)
}

/// The working day that comes `count` working days before `day`.
pub fn working_days_before(day: Date, count: u32) -> Date {
    moved(day, count, -Duration::DAY)
}

fn moved(day: Date, count: u32, step: Duration) -> Date {
    let mut day = day;
    for _ in 0..count {
        day = day.saturating_add(step);
        while !is_working_day(day) && day != Date::MAX && day != Date::MIN {
            day = day.saturating_add(step);
        }
    }
    day
}

/// The offering hours of a day, as instants: from the first one on, until before the second. `None` on Sundays and
/// holidays.
fn offering_hours(day: Date) -> Option<(Millis, Millis)> {
    let open = day.weekday() != Weekday::Sunday && !is_holiday(day);
    open.then(|| (at_hour(day, OFFRES_DE), at_hour(day, OFFRES_A)))
}

/// Whether a place may be offered at this instant: people read their mail, and may call.
pub fn is_offering_time(now: Millis) -> bool {
    offering_hours(today(now)).is_some_and(|(from, to)| (from..to).contains(&now))
}

/// The next instant at which a place may be offered; `now` itself if it may be offered now.
pub fn next_offering_time(now: Millis) -> Millis {
    let mut day = today(now);
    loop {
        if let Some((from, to)) = offering_hours(day)
            && now < to
        {
            return from.max(now);
        }
        match day.next_day() {
            Some(next) => day = next,
            None => return Millis::MAX,
        }
    }
}

/// How much offering time lies between two instants. They are a few days apart: each day is looked at.
pub fn offering_time_between(from: Millis, to: Millis) -> Millis {
    let mut total = 0;
    let mut day = today(from);
    let last = today(to);
    while day <= last {
        if let Some((opens, closes)) = offering_hours(day) {
            total += (closes.min(to) - opens.max(from)).max(0);
        }
        match day.next_day() {
            Some(next) => day = next,
            None => break,
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::read_day;

    const HOUR: Millis = 3_600_000;

    fn day(raw: &str) -> Date {
        read_day(raw).unwrap()
    }

    fn at(raw: &str, hour: u8, minutes: i64) -> Millis {
        at_hour(day(raw), hour) + minutes * 60_000
    }

    #[test]
    fn the_eleven_holidays_of_a_year_are_known() {
        let of = |year: i32| -> Vec<String> {
            let days = (1..=365).filter_map(|ordinal| Date::from_ordinal_date(year, ordinal).ok());
            days.filter(|day| is_holiday(*day)).map(|day| day.to_string()).collect()
        };
        assert_eq!(
            of(2027),
            [
                "2027-01-01",
                "2027-03-29",
                "2027-05-01",
                "2027-05-06",
                "2027-05-08",
                "2027-05-17",
                "2027-07-14",
                "2027-08-15",
                "2027-11-01",
                "2027-11-11",
                "2027-12-25",
            ]
        );
        // In 2008, Ascension fell on the first of May.
        assert_eq!(of(2008).len(), 10);
        for (year, found) in [(2000, "2000-04-23"), (2024, "2024-03-31"), (2026, "2026-04-05"), (2038, "2038-04-25")] {
            assert_eq!(easter(year), Some(day(found)));
        }
    }

    #[test]
    fn offers_leave_at_humane_hours_only() {
        for (raw, hour, minutes, open) in [
            ("2027-03-10", 7, 59, false),
            ("2027-03-10", 8, 0, true),
            ("2027-03-10", 19, 59, true),
            ("2027-03-10", 20, 0, false),
            // Saturday, Sunday.
            ("2027-03-13", 10, 0, true),
            ("2027-03-14", 10, 0, false),
            // 14 July, Easter Monday.
            ("2027-07-14", 10, 0, false),
            ("2027-03-29", 10, 0, false),
            // The Saturdays before, and the Tuesday and Monday after, the two changes of hour.
            ("2027-03-27", 19, 59, true),
            ("2027-03-30", 7, 59, false),
            ("2027-03-30", 8, 0, true),
            ("2027-10-30", 20, 0, false),
            ("2027-11-02", 8, 0, true),
        ] {
            assert_eq!(is_offering_time(at(raw, hour, minutes)), open, "{raw} {hour} h {minutes}");
        }
    }

    #[test]
    fn the_next_offering_time_skips_nights_sundays_and_holidays() {
        for (from, to) in [
            (at("2027-03-10", 9, 30), at("2027-03-10", 9, 30)),
            (at("2027-03-10", 20, 0), at("2027-03-11", 8, 0)),
            (at("2027-03-13", 22, 0), at("2027-03-15", 8, 0)),
            // Saturday night before Easter: Sunday and Monday are skipped, and the hour changes.
            (at("2027-03-27", 22, 0), at("2027-03-30", 8, 0)),
        ] {
            assert_eq!(next_offering_time(from), to);
        }
    }

    #[test]
    fn offering_time_adds_up_over_days() {
        for (from, to, hours) in [
            (at("2027-03-10", 9, 0), at("2027-03-10", 12, 0), 3),
            (at("2027-03-10", 18, 0), at("2027-03-11", 9, 0), 3),
            (at("2027-03-12", 19, 0), at("2027-03-15", 9, 0), 14),
            (at("2027-03-13", 21, 0), at("2027-03-14", 23, 0), 0),
            (at("2027-03-10", 12, 0), at("2027-03-10", 9, 0), 0),
        ] {
            assert_eq!(offering_time_between(from, to), hours * HOUR);
        }
    }

    #[test]
    fn working_days_skip_week_ends_and_holidays() {
        for (from, count, to) in [
            ("2027-03-10", 2, "2027-03-12"),
            ("2027-03-12", 2, "2027-03-16"),
            ("2027-03-13", 1, "2027-03-15"),
            ("2027-03-25", 2, "2027-03-30"),
        ] {
            assert_eq!(working_days_after(day(from), count), day(to), "{from}");
        }
        assert_eq!(working_days_before(day("2027-03-30"), 2), day("2027-03-25"));
        let _ = (working_days_after(Date::MAX, 3), working_days_before(Date::MIN, 3));
        let _ =
            (is_holiday(Date::MAX), is_holiday(Date::MIN), next_offering_time(i64::MAX), next_offering_time(i64::MIN));
    }
}
