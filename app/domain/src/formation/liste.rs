//! The filter of the list of sessions that the staff sees. It lives in the address of the page.

use time::Date;

use super::catalogue::CleCatalogue;
use crate::codes;
use crate::instant::read_day;

/// The longest text that is searched.
const RECHERCHE_MAX: usize = 100;

codes! {
    /// Where sessions stand, in the words of the list.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum EtatListe {
        Brouillon = "brouillon", "Brouillons";
        AOuvrir = "a-ouvrir", "Pas encore ouvertes";
        Ouverte = "ouverte", "Préinscriptions ouvertes";
        Close = "close", "Préinscriptions closes";
        EnCours = "en-cours", "En cours";
        Terminee = "terminee", "Terminées";
        Annulee = "annulee", "Annulées";
    }
}

/// A filter of the list, and where its page begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FiltreFormations {
    /// First letters of words of the title, of the code or of the commune.
    pub recherche: String,
    pub etat: Option<EtatListe>,
    pub delegation: Option<i64>,
    /// Sessions whose first séance is on this day or later.
    pub du: Option<Date>,
    /// Sessions whose first séance is on this day or before.
    pub au: Option<Date>,
    /// Somebody waits for a decision.
    pub a_traiter: bool,
    /// The page begins after this session.
    pub apres: Option<CleCatalogue>,
}

impl FiltreFormations {
    /// Reads the parameters of an address. A value that names nothing is ignored.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let apres = get("apres").and_then(|key| {
            let (debut, id) = key.split_once('.')?;
            Some(CleCatalogue { debut: debut.parse().ok()?, id: id.parse().ok()? })
        });
        Self {
            recherche: get("q").unwrap_or_default().trim().chars().take(RECHERCHE_MAX).collect(),
            etat: get("etat").and_then(|code| EtatListe::from_code(&code)),
            delegation: get("delegation").and_then(|id| id.parse().ok()),
            du: get("du").and_then(|day| read_day(&day)),
            au: get("au").and_then(|day| read_day(&day)),
            a_traiter: get("a_traiter").is_some_and(|value| !value.is_empty()),
            apres,
        }
    }

    /// Whether it leaves anything out.
    pub fn is_empty(&self) -> bool {
        *self == Self { apres: self.apres, ..Self::default() }
    }

    /// Whether past sessions are left out: nothing asks for them.
    pub fn hides_past(&self) -> bool {
        self.etat.is_none() && self.du.is_none() && self.au.is_none()
    }

    /// The parameters that read back as this filter, in a fixed order.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.recherche.is_empty() {
            pairs.push(("q", self.recherche.clone()));
        }
        pairs.extend(self.etat.map(|etat| ("etat", etat.code().to_owned())));
        pairs.extend(self.delegation.map(|id| ("delegation", id.to_string())));
        pairs.extend(self.du.map(|day| ("du", day.to_string())));
        pairs.extend(self.au.map(|day| ("au", day.to_string())));
        if self.a_traiter {
            pairs.push(("a_traiter", "1".to_owned()));
        }
        pairs.extend(self.apres.map(|key| ("apres", format!("{}.{}", key.debut, key.id))));
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_reads_back_from_its_parameters() {
        let filtre = FiltreFormations {
            recherche: "évaluer".to_owned(),
            etat: Some(EtatListe::Ouverte),
            delegation: Some(7),
            du: read_day("2027-03-01"),
            au: read_day("2027-06-30"),
            a_traiter: true,
            apres: Some(CleCatalogue { debut: 1_800_000_000_000, id: 42 }),
        };
        let pairs = filtre.parameters();
        let get = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone());
        assert_eq!(FiltreFormations::read(get), filtre);
        assert!(FiltreFormations::read(|_| Some("?".to_owned())).etat.is_none());
        let none = FiltreFormations::read(|_| None);
        assert!(none.is_empty() && none.hides_past() && !filtre.hides_past());
    }
}
