//! The form of every text: composed, trimmed, single spaces, plain signs, no character that can't be seen.

use crate::onglet::FieldError;

/// One line of text.
pub(crate) fn line(raw: &str, max: usize) -> Result<String, FieldError> {
    let words: Vec<&str> = seen(raw)?.split_whitespace().collect();
    // This comes after the composition, because composing makes some look-alikes.
    let text: String = composed(&words.join(" ")).chars().map(plain).collect();
    if length(&text) > max {
        return Err(FieldError::TooLong { max });
    }
    Ok(text)
}

/// Several lines: blank ones are dropped, and each is a [`line`].
pub(crate) fn lines(raw: &str, max: usize) -> Result<String, FieldError> {
    let mut lines = Vec::new();
    // Word's own ends of lines and pages, and Unicode's.
    for raw in raw.split(['\n', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}']).filter(|raw| !bare(raw).is_empty()) {
        lines.push(line(raw, max)?);
    }
    let text = lines.join("\n");
    if length(&text) > max {
        return Err(FieldError::TooLong { max });
    }
    Ok(text)
}

/// Figures without what groups them.
pub(super) fn figures(raw: &str) -> Result<String, FieldError> {
    let groups =
        |c: char| c.is_whitespace() || matches!(plain(c), '.' | ',' | '-' | '/' | '\u{2044}' | '·' | '(' | ')');
    Ok(seen(raw)?.chars().filter(|c| !groups(*c)).collect())
}

/// A text without the blanks and the invisible marks that copying leaves at its ends.
pub fn bare(raw: &str) -> &str {
    raw.trim_matches(|c: char| c.is_whitespace() || is_unseen(c) && !c.is_control())
}

/// The [`bare`] text, or an error if it still holds a character that can't be seen. Tabulations and Word's ends of
/// lines are blanks.
pub(super) fn seen(raw: &str) -> Result<&str, FieldError> {
    let raw = bare(raw);
    let hidden = |c: char| is_unseen(c) && !matches!(c, '\t' | '\u{b}' | '\u{c}');
    if raw.chars().any(hidden) { Err(FieldError::Control) } else { Ok(raw) }
}

/// The plain sign for one that looks like it, because keyboards and word processors put either. Letters that look
/// like an apostrophe (U+02BB, U+02BC) stay, because some names are written with them.
pub(crate) fn plain(c: char) -> char {
    match c {
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '`' | '´' | '‘' | '‛' | '′' | '＇' => '’',
        _ => c,
    }
}

/// Whether a character has no shape of its own: a control, a mark of direction, a zero width. Such a character makes
/// two texts differ that look the same, and reorders the text around it.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A letter of any script, or a mark that goes with one.
pub(crate) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || MARKS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// Normalization form C, on the server only. The browser has no Unicode tables and leaves the text as it is; the
/// server's form is kept.
#[cfg(feature = "unicode")]
pub(super) fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

#[cfg(not(feature = "unicode"))]
pub(super) fn composed(text: &str) -> String {
    text.to_owned()
}

/// The number of characters of a [`composed`] text.
#[cfg(feature = "unicode")]
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(not(feature = "unicode"))]
pub(super) fn length(text: &str) -> usize {
    length_at_least(text)
}

/// An upper bound of the length of a [`composed`] text.
#[cfg(feature = "unicode")]
pub(super) fn length_at_most(text: &str) -> usize {
    length(text)
}

#[cfg(not(feature = "unicode"))]
pub(super) fn length_at_most(text: &str) -> usize {
    length_bound(text)
}

/// An upper bound of the length of the composed form. Composition makes at most three characters of one (UAX 15,
/// section 9), and leaves the characters before the combining marks as they are.
#[cfg(any(test, not(feature = "unicode")))]
fn length_bound(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{300}' { 1 } else { 3 }).sum()
}

/// A lower bound of the length of the composed form, without the tables. Composition makes one character of several,
/// but never of two letters of the scripts counted here.
#[cfg(any(test, not(feature = "unicode")))]
fn length_at_least(text: &str) -> usize {
    text.chars()
        .filter(|c| matches!(c, '\0'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{58f}' | '一'..='\u{9fff}'))
        .count()
}

/// The marks of the Basic Multilingual Plane that `char::is_alphabetic` leaves out, and the letters between two of
/// them. Source: General_Category M of Unicode 17, `DerivedGeneralCategory.txt`. Variation selectors are not here.
#[rustfmt::skip]
const MARKS: &[(char, char)] = &[
    ('\u{300}', '\u{362}'), ('\u{483}', '\u{489}'), ('\u{591}', '\u{5af}'), ('\u{5c8}', '\u{5c9}'),
    ('\u{658}', '\u{658}'), ('\u{6df}', '\u{6e0}'), ('\u{6ea}', '\u{6ec}'), ('\u{740}', '\u{74a}'),
    ('\u{7eb}', '\u{7f3}'), ('\u{7fd}', '\u{7fd}'), ('\u{818}', '\u{82d}'), ('\u{859}', '\u{85b}'),
    ('\u{898}', '\u{8e1}'), ('\u{8ea}', '\u{954}'), ('\u{9bc}', '\u{9bc}'), ('\u{9cd}', '\u{9cd}'),
    ('\u{9fe}', '\u{9fe}'), ('\u{a3c}', '\u{a3c}'), ('\u{a4d}', '\u{a4d}'), ('\u{abc}', '\u{abc}'),
    ('\u{acd}', '\u{acd}'), ('\u{afd}', '\u{aff}'), ('\u{b3c}', '\u{b3c}'), ('\u{b4d}', '\u{b4d}'),
    ('\u{b53}', '\u{b55}'), ('\u{bcd}', '\u{bcd}'), ('\u{c3c}', '\u{c3c}'), ('\u{c4d}', '\u{c4d}'),
    ('\u{cbc}', '\u{cbc}'), ('\u{ccd}', '\u{ccd}'), ('\u{d3b}', '\u{d3c}'), ('\u{d4d}', '\u{d4d}'),
    ('\u{dca}', '\u{dca}'), ('\u{e47}', '\u{e4e}'), ('\u{eba}', '\u{eba}'), ('\u{ec8}', '\u{ece}'),
    ('\u{f18}', '\u{f19}'), ('\u{f35}', '\u{f35}'), ('\u{f37}', '\u{f37}'), ('\u{f39}', '\u{f39}'),
    ('\u{f3e}', '\u{f3f}'), ('\u{f84}', '\u{f84}'), ('\u{f86}', '\u{f87}'), ('\u{fc6}', '\u{fc6}'),
    ('\u{1037}', '\u{103a}'), ('\u{135d}', '\u{135f}'), ('\u{1714}', '\u{1715}'), ('\u{1734}', '\u{1734}'),
    ('\u{17c9}', '\u{17d3}'), ('\u{17dd}', '\u{17dd}'), ('\u{1939}', '\u{193b}'), ('\u{1a60}', '\u{1a7c}'),
    ('\u{1a7f}', '\u{1a7f}'), ('\u{1ab0}', '\u{1af0}'), ('\u{1b34}', '\u{1b44}'), ('\u{1b6b}', '\u{1b73}'),
    ('\u{1baa}', '\u{1bab}'), ('\u{1be6}', '\u{1bf3}'), ('\u{1c37}', '\u{1c37}'), ('\u{1cd0}', '\u{1cd2}'),
    ('\u{1cd4}', '\u{1cf9}'), ('\u{1dc0}', '\u{1dff}'), ('\u{20d0}', '\u{20f0}'), ('\u{2cef}', '\u{2cf1}'),
    ('\u{2d7f}', '\u{2d7f}'), ('\u{302a}', '\u{302f}'), ('\u{3099}', '\u{309a}'), ('\u{a66f}', '\u{a672}'),
    ('\u{a67c}', '\u{a67d}'), ('\u{a6f0}', '\u{a6f1}'), ('\u{a806}', '\u{a806}'), ('\u{a82c}', '\u{a82c}'),
    ('\u{a8c4}', '\u{a8c4}'), ('\u{a8e0}', '\u{a8f1}'), ('\u{a92b}', '\u{a92d}'), ('\u{a953}', '\u{a953}'),
    ('\u{a9b3}', '\u{a9c0}'), ('\u{aabf}', '\u{aac1}'), ('\u{aaf6}', '\u{aaf6}'), ('\u{abec}', '\u{abed}'),
    ('\u{fe20}', '\u{fe2f}'),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::valeurs::proprietes::texts;

    #[test]
    fn a_mark_is_a_letter_and_a_sign_is_not() {
        for c in ['a', 'é', '\u{301}', '\u{94d}', '\u{64b}', '\u{e48}', 'ʼ', '木'] {
            assert!(is_letter(c), "{c:?}");
        }
        for c in ['1', '-', '.', '@', '´', '`', '\u{fe0f}', '💐', '€'] {
            assert!(!is_letter(c), "{c:?}");
        }
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn every_mark_of_the_basic_plane_is_letter_or_variation() {
        use unicode_normalization::char::is_combining_mark;
        let variation =
            |c: char| matches!(c, '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{17b4}' | '\u{17b5}');
        for c in ('\0'..='\u{ffff}').filter(|c| is_combining_mark(*c)) {
            assert!(is_letter(c) || variation(c), "{:x}", c as u32);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        /// The browser counts without the tables, and must never refuse a text that the server accepts.
        #[test]
        fn the_bounds_without_the_tables_hold(raw in texts(&["e\u{301}\u{327}", "\u{1112}\u{1161}\u{11ab}", "\u{fb2c}"])) {
            let text = composed(&raw);
            prop_assert!(length_at_least(&raw) <= length(&text), "{raw:?}");
            prop_assert!(length_bound(&raw) >= length(&text), "{raw:?}");
        }
    }
}
