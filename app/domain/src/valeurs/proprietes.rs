//! The properties of every value type, and the helpers for the tables in their tests.

use std::fmt::{Debug, Display};

use proptest::prelude::*;
use time::{Date, Month};

use crate::Cas;
use crate::onglet::{Contexte, Read};

/// The day of every check of the tests: 15 March 2026.
pub(crate) fn contexte(cas: Cas) -> Contexte {
    Contexte { cas, today: Date::from_calendar_date(2026, Month::March, 15).unwrap() }
}

pub(super) fn printed<T: Read + Display>(raw: &str, cas: Cas) -> Result<String, String> {
    // A table is written with plain spaces.
    T::read(raw, &contexte(cas))
        .map(|value| value.to_string())
        .map_err(|error| error.to_string().replace('\u{a0}', " "))
}

/// Every text reads, and prints as its neighbour.
pub(super) fn accepts<T: Read + Display>(table: &[(&str, &str)]) {
    for (raw, expected) in table {
        assert_eq!(printed::<T>(raw, Cas::Personnel).as_deref(), Ok(*expected), "{raw:?}");
    }
}

/// Every text is refused with this message.
pub(super) fn refuses<T: Read + Display>(message: &str, table: &[&str]) {
    for raw in table {
        assert_eq!(printed::<T>(raw, Cas::Personnel), Err(message.to_owned()), "{raw:?}");
    }
}

pub(super) const UNSEEN: &str = "Ce texte contient un caractère invisible ou de contrôle : retapez-le.";

/// Texts of any kind, and texts a few slips away from one that reads.
pub(super) fn texts(near: &'static [&'static str]) -> impl Strategy<Value = String> {
    let odd = prop::sample::select(
        &[
            ' ', '\t', '\n', '\0', '\u{a0}', '\u{301}', '\u{200b}', '\u{202e}', '\u{2126}', '‐', '−', '‘', '´',
            '\u{1fef}', '<', '>', ';', '\u{2028}', '\u{b}', '\u{200e}', '0', '9', '+', '-', '/', '.', '@', '(', '\'',
            '’', 'a', 'É', 'ß', 'İ', 'ﬁ', '한', 'ᄒ', 'ᅡ', '۷', '½', '💐',
        ][..],
    );
    let slip = (any::<prop::sample::Index>(), prop_oneof![3 => odd, 1 => any::<char>()], 0..3u8);
    let slipped = (prop::sample::select(near), prop::collection::vec(slip, 0..4)).prop_map(|(text, slips)| {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, c, how) in slips {
            let at = at.index(chars.len() + 1);
            match how {
                0 => chars.insert(at, c),
                1 if at < chars.len() => chars[at] = c,
                _ if at < chars.len() => drop(chars.remove(at)),
                _ => chars.extend(std::iter::repeat_n(c, 30)),
            }
        }
        chars.into_iter().collect()
    });
    let any_text = prop::collection::vec(any::<char>(), 0..24).prop_map(|chars| chars.into_iter().collect());
    prop_oneof![2 => slipped, 1 => any_text]
}

pub(super) fn any_cas() -> impl Strategy<Value = Cas> {
    prop::sample::select(&Cas::ALL[..])
}

/// Reading never panics. The value prints and reads back to an equal value, and reading again changes nothing.
pub(super) fn hold<T: Read + Display + PartialEq + Debug>(raw: &str, cas: Cas) -> Result<(), TestCaseError> {
    let contexte = contexte(cas);
    let Ok(value) = T::read(raw, &contexte) else { return Ok(()) };
    let print = value.to_string();
    prop_assert!(!print.trim().is_empty());
    let again = T::read(&print, &contexte);
    prop_assert_eq!(again.as_ref().map(ToString::to_string), Ok(print));
    if let Some(shown) = value.shown() {
        let again = T::read(&shown, &contexte);
        prop_assert_eq!(again.as_ref().map(ToString::to_string), Ok(value.to_string()));
    }
    prop_assert_eq!(again, Ok(value));
    Ok(())
}

/// The properties of [`hold`] as a test of the module it stands in, tried near the texts given.
macro_rules! proprietes {
    ($Type:ty, [$($near:expr),+ $(,)?]) => {
        proptest::proptest! {
            #![proptest_config(proptest::prelude::ProptestConfig::with_cases(20_000))]
            #[test]
            fn what_is_read_prints_and_reads_back(
                raw in $crate::valeurs::proprietes::texts(&[$($near),+]),
                cas in $crate::valeurs::proprietes::any_cas(),
            ) {
                $crate::valeurs::proprietes::hold::<$Type>(&raw, cas)?;
            }
        }
    };
}
pub(super) use proprietes;
