//! The day in France, without a time zone database.

use domain::ports::Millis;
use time::{Date, Duration, Month, Weekday};

use crate::clock::{DAY, HOUR};

const EPOCH: Date = Date::MIN.saturating_add(Duration::days(EPOCH_FROM_MIN));
/// From -9999-01-01 to 1970-01-01.
const EPOCH_FROM_MIN: i64 = 4_371_587;

/// UTC+1, and UTC+2 from the last Sunday of March to the last Sunday of October, both at 1:00 UTC (Directive
/// 2000/84/EC).
pub fn day_in_france(now: Millis) -> Date {
    let summer = {
        let today = day(now);
        let turn = |month| last_sunday(today.year(), month).map(|sunday| (sunday - EPOCH).whole_days() * DAY + HOUR);
        match (turn(Month::March), turn(Month::October)) {
            (Some(begins), Some(ends)) => begins <= now && now < ends,
            _ => false,
        }
    };
    day(now.saturating_add(if summer { 2 * HOUR } else { HOUR }))
}

fn day(now: Millis) -> Date {
    EPOCH.saturating_add(Duration::days(now.div_euclid(DAY)))
}

fn last_sunday(year: i32, month: Month) -> Option<Date> {
    let last = Date::from_calendar_date(year, month, 31).ok()?;
    let back = last.weekday().number_days_from_sunday();
    debug_assert_eq!((last - Duration::days(i64::from(back))).weekday(), Weekday::Sunday);
    Some(last - Duration::days(i64::from(back)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: (i32, u8, u8), hour: i64, minute: i64) -> Millis {
        let date = Date::from_calendar_date(date.0, Month::try_from(date.1).unwrap(), date.2).unwrap();
        (date - EPOCH).whole_days() * DAY + hour * HOUR + minute * 60_000
    }

    #[test]
    fn the_epoch_is_the_first_of_january_1970() {
        assert_eq!(EPOCH.to_calendar_date(), (1970, Month::January, 1));
    }

    #[test]
    fn the_day_turns_at_midnight_in_france() {
        for (utc, hour, minute, expected) in [
            ((2026, 1, 15), 22, 59, 15),
            ((2026, 1, 15), 23, 0, 16),
            ((2026, 7, 15), 21, 59, 15),
            ((2026, 7, 15), 22, 0, 16),
            // The nights around the changes of 29 March and 25 October 2026.
            ((2026, 3, 28), 22, 30, 28),
            ((2026, 3, 28), 23, 30, 29),
            ((2026, 3, 29), 22, 30, 30),
            ((2026, 10, 24), 22, 30, 25),
            ((2026, 10, 25), 22, 30, 25),
        ] {
            assert_eq!(day_in_france(at(utc, hour, minute)).day(), expected, "{utc:?} {hour}:{minute}");
        }
    }

    #[test]
    fn an_absurd_clock_is_survived() {
        for now in [Millis::MIN, -1, 0, Millis::MAX] {
            let _ = day_in_france(now);
        }
    }
}
