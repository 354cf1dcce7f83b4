use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Declares a reference that people quote: a prefix, and 40 random bits in Crockford's base 32.
macro_rules! reference {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(u64);

        impl $name {
            /// Keeps the 40 low bits of `random`.
            pub fn new(random: u64) -> Self {
                Self(random & ((1 << BITS) - 1))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str($prefix)?;
                for at in 0..8 {
                    if at % 4 == 0 {
                        out.write_str("-")?;
                    }
                    let digit = (self.0 >> (BITS - 5 * (at + 1))) & 31;
                    write!(out, "{}", char::from(ALPHABET[digit as usize]))?;
                }
                Ok(())
            }
        }

        impl FromStr for $name {
            type Err = NotAReference;

            /// Reads a reference as people type or copy it, with the text around it: « n° IEL-XXXX-XXXX. »,
            /// « (IEL-XXXX-XXXX) ». Any case is read, with or without the dashes and the prefix. I and L mean 1, O
            /// means 0.
            fn from_str(raw: &str) -> Result<Self, NotAReference> {
                read(raw, $prefix).map(Self).ok_or(NotAReference)
            }
        }

        impl From<$name> for String {
            fn from(reference: $name) -> Self {
                reference.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAReference;

            fn try_from(raw: String) -> Result<Self, NotAReference> {
                raw.parse()
            }
        }
    };
}

reference! {
    /// The reference of a demande: `IEL-XXXX-XXXX`.
    Reference, "IEL"
}

reference! {
    /// The reference of a préinscription: `PRE-XXXX-XXXX`.
    ReferencePreinscription, "PRE"
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Une référence a la forme IEL-XXXX-XXXX.")]
pub struct NotAReference;

/// No I, L, O or U: they are read as 1, 1, 0 and V.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const BITS: u32 = 8 * 5;

fn read(raw: &str, prefix: &str) -> Option<u64> {
    // Letters and figures stay, in upper case. Any run of other characters becomes one blank.
    let mut text = String::new();
    for c in raw.chars() {
        match c {
            // After « n° » or « référence : » the reference itself begins.
            '°' | 'º' | ':' => text.clear(),
            _ if c.is_alphanumeric() => text.extend(c.to_uppercase()),
            _ if text.is_empty() || text.ends_with(' ') => {}
            _ => text.push(' '),
        }
    }
    prefixed(&text, prefix).or_else(|| digits(&text))
}

/// The eight digits after the first prefix that begins a word, if a word ends after them.
fn prefixed(text: &str, prefix: &str) -> Option<u64> {
    text.match_indices(prefix).filter(|(at, _)| *at == 0 || text[..*at].ends_with(' ')).find_map(|(at, _)| {
        let rest = text[at + prefix.len()..].trim_start();
        let end = rest.char_indices().filter(|(_, c)| *c != ' ').nth(7).map(|(at, c)| at + c.len_utf8())?;
        let (found, after) = rest.split_at(end);
        (after.is_empty() || after.starts_with(' ')).then(|| digits(found))?
    })
}

/// Eight digits, in groups or not.
fn digits(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|c| *c != ' ').collect();
    if digits.chars().count() != 8 {
        return None;
    }
    digits.bytes().try_fold(0u64, |value, byte| {
        let byte = match byte {
            b'I' | b'L' => b'1',
            b'O' => b'0',
            b'U' => b'V',
            other => other,
        };
        let digit = ALPHABET.iter().position(|known| *known == byte)?;
        Some(value << 5 | digit as u64)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_two_kinds_are_told_apart_by_their_prefix() {
        let pre = ReferencePreinscription::new(7);
        assert_eq!(pre.to_string(), "PRE-0000-0007");
        assert_eq!("ma préinscription pre-0000-0007.".parse(), Ok(pre));
        assert_eq!("PRE-0000-0007".parse::<Reference>(), Err(NotAReference));
        assert_eq!("IEL-0000-0007".parse::<ReferencePreinscription>(), Err(NotAReference));
    }

    proptest! {
        #[test]
        fn a_printed_reference_reads_back(random: u64) {
            let reference = Reference::new(random);
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
            prop_assert_eq!(reference.to_string().len(), "IEL-XXXX-XXXX".len());
        }

        #[test]
        fn any_text_is_read_without_panic(raw: String) {
            let _ = raw.parse::<Reference>();
        }
    }

    #[test]
    fn a_reference_is_read_as_people_type_it() {
        let reference: Reference = "IEL-01AB-CDEF".parse().unwrap();
        for typed in [
            "iel-01ab-cdef",
            "01abcdef",
            " IEL 01AB CDEF ",
            "IEL-OIAB-CDEF",
            "IEL–01AB–CDEF",
            "IEL-01AB-CDEF.",
            "(IEL-01AB-CDEF)",
            "n° IEL-01AB-CDEF",
            "N°IEL-01AB-CDEF",
            "nº 01AB-CDEF",
            "n\u{a0}IEL-01AB-CDEF,",
            "IEL−01AB−CDEF",
            "IEL\u{2011}01AB\u{2011}CDEF",
            "«\u{a0}IEL-01AB-CDEF\u{a0}»",
            "<IEL-01AB-CDEF>",
            "\u{202a}IEL-01AB-CDEF\u{202c}",
            "Référence : IEL-01AB-CDEF",
            "réf. IEL-01AB-CDEF",
            "Ma demande IEL-01AB-CDEF du 7 mars",
            "IEL01ABCDEF;",
            "01AB CDEF.",
        ] {
            assert_eq!(typed.parse(), Ok(reference), "{typed}");
        }
        for wrong in [
            "",
            "IEL-01AB",
            "IEL-01AB-CDE!",
            "IEL-01AB-CDEFG",
            "XIEL-01AB-CDEF",
            "IEL-01AB-CDE FG",
            "IEL",
            "IEL 01AB CDEé",
        ] {
            assert_eq!(wrong.parse::<Reference>(), Err(NotAReference), "{wrong}");
        }
    }
}
