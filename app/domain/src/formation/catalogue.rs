//! The filter of the catalogue. It lives in the address of the page.

use serde::{Deserialize, Serialize};
use time::Date;

use super::Modalite;
use crate::instant::read_day;

/// How many sessions a page of the catalogue shows.
pub const PAR_PAGE: u64 = 20;

/// The longest text that is searched.
const RECHERCHE_MAX: usize = 100;

/// A filter of the catalogue, and where its page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiltreCatalogue {
    /// First letters of words of the title, of the code or of the commune.
    pub recherche: String,
    pub modalite: Option<Modalite>,
    pub delegation: Option<i64>,
    /// Sessions that begin on this day or later.
    pub depuis: Option<Date>,
    pub ouvertes: bool,
    /// The page begins after this session.
    pub apres: Option<CleCatalogue>,
}

/// The place of a session in the order of the catalogue: its first séance, then its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CleCatalogue {
    pub debut: i64,
    pub id: i64,
}

impl FiltreCatalogue {
    /// Reads the parameters of an address. A value that names nothing is ignored.
    pub fn read(parameter: impl Fn(&str) -> Option<String>) -> Self {
        let apres = parameter("apres").and_then(|key| {
            let (debut, id) = key.split_once('.')?;
            Some(CleCatalogue { debut: debut.parse().ok()?, id: id.parse().ok()? })
        });
        Self {
            recherche: parameter("q").unwrap_or_default().trim().chars().take(RECHERCHE_MAX).collect(),
            modalite: parameter("modalite").and_then(|code| Modalite::from_code(&code)),
            delegation: parameter("delegation").and_then(|id| id.parse().ok()),
            depuis: parameter("depuis").and_then(|day| read_day(&day)),
            ouvertes: parameter("ouvertes").is_some_and(|value| !value.is_empty()),
            apres,
        }
    }

    /// Whether it leaves anything out.
    pub fn is_empty(&self) -> bool {
        *self == Self { apres: self.apres, ..Self::default() }
    }

    /// The parameters that read back as this filter, in a fixed order.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.recherche.is_empty() {
            pairs.push(("q", self.recherche.clone()));
        }
        pairs.extend(self.modalite.map(|modalite| ("modalite", modalite.code().to_owned())));
        pairs.extend(self.delegation.map(|id| ("delegation", id.to_string())));
        pairs.extend(self.depuis.map(|day| ("depuis", day.to_string())));
        if self.ouvertes {
            pairs.push(("ouvertes", "1".to_owned()));
        }
        pairs.extend(self.apres.map(|key| ("apres", format!("{}.{}", key.debut, key.id))));
        pairs
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn read(pairs: &[(&str, String)]) -> FiltreCatalogue {
        let known: BTreeMap<&str, String> = pairs.iter().cloned().collect();
        FiltreCatalogue::read(|name| known.get(name).cloned())
    }

    #[test]
    fn a_filter_reads_back_from_its_address() {
        let whole = FiltreCatalogue {
            recherche: "animer une".to_owned(),
            modalite: Some(Modalite::Mixte),
            delegation: Some(3),
            depuis: read_day("2027-03-01"),
            ouvertes: true,
            apres: Some(CleCatalogue { debut: -5, id: 12 }),
        };
        for filtre in [FiltreCatalogue::default(), whole] {
            assert_eq!(read(&filtre.parameters()), filtre);
        }
    }

    #[test]
    fn what_names_nothing_is_ignored() {
        let wrong = ["modalite", "delegation", "depuis", "apres"].map(|name| (name, "n’importe quoi".to_owned()));
        assert!(read(&wrong).is_empty());
        let long = read(&[("q", "é".repeat(500))]);
        assert_eq!(long.recherche.chars().count(), 100);
    }
}
