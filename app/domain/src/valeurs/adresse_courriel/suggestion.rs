//! « Vouliez-vous dire … ? »: the near-misses of the common domains of mail.

const COMMON: &[&str] = &[
    "gmail.com",
    "orange.fr",
    "wanadoo.fr",
    "hotmail.com",
    "hotmail.fr",
    "outlook.com",
    "outlook.fr",
    "yahoo.fr",
    "yahoo.com",
    "free.fr",
    "sfr.fr",
    "laposte.net",
    "icloud.com",
    "live.fr",
    "bbox.fr",
    "neuf.fr",
];

/// Real domains that happen to stand near a common one.
const ALSO_REAL: &[&str] = &[
    "aol.com",
    "aol.fr",
    "email.com",
    "gmx.com",
    "gmx.fr",
    "hotmail.be",
    "hotmail.de",
    "hotmail.es",
    "hotmail.it",
    "live.be",
    "live.ca",
    "live.com",
    "mail.com",
    "me.com",
    "outlook.be",
    "outlook.de",
    "outlook.es",
    "yahoo.ca",
    "yahoo.de",
    "yahoo.es",
    "yahoo.it",
    "ymail.com",
];

/// In a domain this short, two slips make another word altogether.
const SHORT: usize = 7;

pub(super) fn suggestion(raw: &str) -> Option<String> {
    let (local, domain) = super::alone(raw.trim())?.rsplit_once('@')?;
    // The common domains are ASCII: the other letters are slips whatever their case.
    let domain = domain.to_ascii_lowercase();
    if local.is_empty() || COMMON.contains(&domain.as_str()) || ALSO_REAL.contains(&domain.as_str()) {
        return None;
    }
    let typed: Vec<char> = domain.chars().collect();
    let (meant, _) = COMMON
        .iter()
        .map(|common| (common, distance(&typed, common)))
        .filter(|(common, distance)| *distance <= if common.len() <= SHORT { 1 } else { 2 })
        .min_by_key(|(_, distance)| *distance)?;
    Some(format!("{local}@{meant}"))
}

/// How many letters were added, dropped, replaced or swapped with their neighbour (optimal string alignment).
fn distance(typed: &[char], meant: &str) -> usize {
    let meant: Vec<char> = meant.chars().collect();
    // A domain has at most 253 characters; a longer text is no slip of anything.
    if typed.len().abs_diff(meant.len()) > 2 {
        return usize::MAX;
    }
    let mut rows = vec![(0..=meant.len()).collect::<Vec<usize>>()];
    for i in 1..=typed.len() {
        let mut row = vec![i];
        for j in 1..=meant.len() {
            let change = usize::from(typed[i - 1] != meant[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + change);
            if i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[typed.len()][meant.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::valeurs::proprietes::texts;

    #[test]
    fn near_misses_are_put_right() {
        for (typed, meant) in [
            ("jean@gmial.com", "jean@gmail.com"),
            ("jean@gmail.con", "jean@gmail.com"),
            ("jean@gamil.com", "jean@gmail.com"),
            ("jean@gmail.co", "jean@gmail.com"),
            ("jean@orang.fr", "jean@orange.fr"),
            ("Jean+x@Wanado.fr", "Jean+x@wanadoo.fr"),
            ("jean@hotmial.fr", "jean@hotmail.fr"),
            ("jean@hotmal.com", "jean@hotmail.com"),
            ("jean@outlok.fr", "jean@outlook.fr"),
            ("jean@yaho.fr", "jean@yahoo.fr"),
            ("jean@fre.fr", "jean@free.fr"),
            ("jean@laposte.fr", ""),
            ("jean@la-poste.net", "jean@laposte.net"),
            ("jean@icloud.fr", ""),
            ("jean@iclud.com", "jean@icloud.com"),
            (" jean@bbo.fr ", "jean@bbox.fr"),
        ] {
            assert_eq!(suggestion(typed).unwrap_or_default(), meant, "{typed}");
        }
    }

    #[test]
    fn a_known_or_another_domain_is_left_alone() {
        for domain in COMMON.iter().chain(ALSO_REAL).chain(&["exemple.fr", "toulouse.fr", "cnfpt.fr", "cdg31.fr", ""]) {
            assert_eq!(suggestion(&format!("jean@{domain}")), None, "{domain}");
        }
        assert_eq!(suggestion("jean@GMAIL.com"), None);
        assert_eq!(suggestion("gmial.com"), None);
        assert_eq!(suggestion("@gmial.com"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn a_suggestion_has_nothing_left_to_suggest(raw in texts(&["a@gmail.com", "a@sfr.fr", "a@laposte.net"])) {
            if let Some(meant) = suggestion(&raw) {
                prop_assert_eq!(suggestion(&meant), None);
                prop_assert_ne!(meant, raw);
            }
        }
    }
}
