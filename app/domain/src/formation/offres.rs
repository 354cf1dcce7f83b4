//! The offer of a freed place to who waits for it.

use super::calendrier::{OFFRES_A, is_offering_time, offering_time_between, working_days_after};
use crate::instant::{Millis, at_hour, today};

const HOUR: Millis = 3_600_000;

/// No offer is made, and none lasts, within this time of the first séance.
pub const AVANT_SEANCE: Millis = 24 * HOUR;

/// An offer must leave this much offering time to answer.
pub const REPONSE_MIN: Millis = 4 * HOUR;

/// An offer ends on the evening of this working day after its mail left.
const JOURS_OUVRES: u32 = 2;

/// Why the machine offers no place now, though one is free and somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Night, Sunday or holiday.
    Heure,
    /// The first séance is too near for an answer: the gestionnaires call.
    TropTard,
}

/// When an offer ends whose mail is handed over at `handed`. `None` when that leaves too little time to answer.
///
/// `debut` is the beginning of the first séance.
pub fn end_of_offer(handed: Millis, debut: Millis) -> Option<Millis> {
    let evening = at_hour(working_days_after(today(handed), JOURS_OUVRES), OFFRES_A);
    let end = evening.min(debut - AVANT_SEANCE);
    (end > handed && offering_time_between(handed, end) >= REPONSE_MIN).then_some(end)
}

/// Whether the machine may offer a place now.
///
/// # Errors
/// Why it may not.
pub fn may_offer(now: Millis, debut: Millis) -> Result<(), Silence> {
    if end_of_offer(now, debut).is_none() {
        return Err(Silence::TropTard);
    }
    if is_offering_time(now) { Ok(()) } else { Err(Silence::Heure) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::read_day;

    fn at(raw: &str, hour: u8) -> Millis {
        at_hour(read_day(raw).unwrap(), hour)
    }

    #[test]
    fn an_offer_lasts_until_the_evening_of_the_second_working_day() {
        let far = at("2027-12-01", 9);
        for (handed, end) in [
            (("2027-03-10", 9), ("2027-03-12", 20)),
            (("2027-03-10", 19), ("2027-03-12", 20)),
            // Thursday, Friday, Saturday: over the week-end.
            (("2027-03-11", 9), ("2027-03-15", 20)),
            (("2027-03-12", 9), ("2027-03-16", 20)),
            (("2027-03-13", 9), ("2027-03-16", 20)),
            // Over Easter Monday and the change of hour.
            (("2027-03-26", 9), ("2027-03-31", 20)),
            // Over 14 July.
            (("2027-07-13", 9), ("2027-07-16", 20)),
        ] {
            assert_eq!(end_of_offer(at(handed.0, handed.1), far), Some(at(end.0, end.1)), "{handed:?}");
        }
    }

    #[test]
    fn an_offer_ends_a_day_before_the_first_seance_or_is_not_made() {
        let debut = at("2027-03-12", 14);
        assert_eq!(end_of_offer(at("2027-03-10", 9), debut), Some(at("2027-03-11", 14)));
        // Four hours of offering time are enough, and not a minute less.
        assert_eq!(end_of_offer(at("2027-03-11", 10), debut), Some(at("2027-03-11", 14)));
        assert_eq!(end_of_offer(at("2027-03-11", 10) + 60_000, debut), None);
        assert_eq!(end_of_offer(at("2027-03-12", 13), debut), None);
        assert_eq!(end_of_offer(at("2027-03-13", 9), debut), None);
    }

    #[test]
    fn the_machine_says_why_it_offers_nothing() {
        let debut = at("2027-04-12", 9);
        assert_eq!(may_offer(at("2027-03-10", 9), debut), Ok(()));
        assert_eq!(may_offer(at("2027-03-10", 7), debut), Err(Silence::Heure));
        assert_eq!(may_offer(at("2027-03-14", 9), debut), Err(Silence::Heure));
        assert_eq!(may_offer(at("2027-04-11", 12), debut), Err(Silence::TropTard));
        assert_eq!(may_offer(at("2037-04-11", 12), debut), Err(Silence::TropTard));
    }
}
