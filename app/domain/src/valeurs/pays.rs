use std::fmt;

use crate::onglet::{Contexte, FieldError, Kind, Read};

mod liste;

/// A country or territory, by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pays(&'static str);

impl Pays {
    /// The choice that a list of countries shows first.
    pub const FRANCE: &str = "FR";

    /// Whether a draft's text stands for France: nothing was chosen, or France.
    pub fn is_france(raw: &str) -> bool {
        matches!(raw.trim(), "" | Self::FRANCE)
    }

    pub fn code(self) -> &'static str {
        self.0
    }

    /// Its name in French.
    pub fn label(self) -> &'static str {
        liste::PAYS.iter().find(|(code, _)| *code == self.0).map_or(self.0, |(_, label)| label)
    }
}

impl Read for Pays {
    fn kind(_: &Contexte) -> Kind {
        Kind::Select(liste::PAYS)
    }

    fn absent(_: &Contexte) -> Option<Self> {
        Some(Self(Self::FRANCE))
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let known = liste::PAYS.iter().find(|(code, _)| *code == raw.trim());
        known.map(|(code, _)| Self(code)).ok_or(FieldError::Missing("Choisissez un pays."))
    }
}

impl fmt::Display for Pays {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Cas;
    use crate::collectivite::fold;
    use crate::valeurs::proprietes::{accepts, contexte, proprietes, refuses};

    #[test]
    fn a_known_code_reads_and_france_is_meant_when_nothing_is_said() {
        accepts::<Pays>(&[("FR", "FR"), (" BE ", "BE"), ("RE", "RE")]);
        refuses::<Pays>("Choisissez un pays.", &["fr", "France", "XX", "F"]);
        assert_eq!(Pays::absent(&contexte(Cas::Personnel)).map(|pays| pays.label()), Some("France"));
        for (raw, france) in [("", true), (" ", true), ("FR", true), (" FR", true), ("BE", false), ("zz", false)] {
            assert_eq!(Pays::is_france(raw), france, "{raw:?}");
        }
    }

    #[test]
    fn the_list_has_every_code_once_in_the_order_of_people() {
        let codes: BTreeSet<&str> = liste::PAYS.iter().map(|(code, _)| *code).collect();
        // ISO 3166-1 has 249 officially assigned codes.
        assert_eq!((codes.len(), liste::PAYS.len()), (249, 249));
        assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
        assert_eq!(liste::PAYS[0], ("FR", "France"));
        assert!(liste::PAYS[1..].is_sorted_by_key(|(_, label)| fold(label)));
    }

    proprietes!(Pays, ["FR", "BE", "RE"]);
}
