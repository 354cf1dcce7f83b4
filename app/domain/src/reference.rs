use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a person quotes to speak of their request: `IEL-XXXX-XXXX` in Crockford's base 32 (40 random bits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Reference(u64);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Une référence a la forme IEL-XXXX-XXXX.")]
pub struct NotAReference;

/// No I, L, O or U: they are read as 1, 1, 0 and V.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const BITS: u32 = 8 * 5;

impl Reference {
    /// Keeps the 40 low bits of `random`.
    pub fn new(random: u64) -> Self {
        Self(random & ((1 << BITS) - 1))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("IEL")?;
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

impl FromStr for Reference {
    type Err = NotAReference;

    /// Reads what a person types: any case, with or without the dashes and the prefix, I and L for 1, O for 0.
    fn from_str(raw: &str) -> Result<Self, NotAReference> {
        let compact: String = raw
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let digits = match compact.strip_prefix("IEL") {
            Some(rest) if rest.len() == 8 => rest,
            _ => &compact,
        };
        if digits.chars().count() != 8 {
            return Err(NotAReference);
        }
        digits
            .bytes()
            .try_fold(0u64, |value, byte| {
                let byte = match byte {
                    b'I' | b'L' => b'1',
                    b'O' => b'0',
                    b'U' => b'V',
                    other => other,
                };
                let digit = ALPHABET.iter().position(|known| *known == byte).ok_or(NotAReference)?;
                Ok(value << 5 | digit as u64)
            })
            .map(Self)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.to_string()
    }
}

impl TryFrom<String> for Reference {
    type Error = NotAReference;

    fn try_from(raw: String) -> Result<Self, NotAReference> {
        raw.parse()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
        for typed in ["iel-01ab-cdef", "01abcdef", " IEL 01AB CDEF ", "IEL-OIAB-CDEF", "IEL–01AB–CDEF"] {
            assert_eq!(typed.parse(), Ok(reference), "{typed}");
        }
        for wrong in ["", "IEL-01AB", "IEL-01AB-CDE!", "IEL-01AB-CDEFG"] {
            assert_eq!(wrong.parse::<Reference>(), Err(NotAReference), "{wrong}");
        }
    }
}
