//! The fields that one page changed in a tab, and the order of its writes. A write holds only the fields that its
//! page changed, so that one window does not undo another's. An older write never replaces a newer one.

use std::collections::BTreeMap;
use std::fmt;

use super::onglet::{Contexte, Kind, Onglet};
use super::valeurs::Pays;
use super::{Brouillon, Etape};

/// One write of an open page. Later writes of the same page have a higher rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ecriture {
    /// The name the page made for itself: letters and digits, 32 at most.
    pub page: String,
    pub rang: u32,
}

impl Ecriture {
    /// Reads `page.rang`. `None` for anything else: the write then comes from a page without script.
    pub fn parse(text: &str) -> Option<Self> {
        let (page, rang) = text.split_once('.')?;
        let named = (1..=32).contains(&page.len()) && page.bytes().all(|byte| byte.is_ascii_alphanumeric());
        Some(Self { page: page.to_owned(), rang: rang.parse().ok()? }).filter(|_| named)
    }
}

/// The last rank the server took of each page and tab, the newest last. As text: `page.etape.rang`, blanks between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ecritures(Vec<(String, usize, u32)>);

/// More pages than one person has open. An older write that is still on its way belongs to one of the latest.
const PAGES_MAX: usize = 24;

impl Ecritures {
    pub fn parse(text: &str) -> Self {
        let one = |text: &str| {
            let mut parts = text.split('.');
            Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
        };
        Self(text.split(' ').filter_map(one).collect())
    }

    /// Notes a write. `false` when a newer write of the same page was taken before: this write must then change
    /// nothing.
    pub fn accept(&mut self, etape: Etape, Ecriture { page, rang }: &Ecriture) -> bool {
        let etape = etape.number();
        let known = self.0.iter().position(|(known, tab, _)| known == page && *tab == etape);
        if known.is_some_and(|at| self.0[at].2 >= *rang) {
            return false;
        }
        if let Some(at) = known {
            self.0.remove(at);
        }
        self.0.push((page.clone(), etape, *rang));
        let excess = self.0.len().saturating_sub(PAGES_MAX);
        self.0.drain(..excess);
        true
    }
}

impl fmt::Display for Ecritures {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (page, etape, rang)) in self.0.iter().enumerate() {
            if at > 0 {
                out.write_str(" ")?;
            }
            write!(out, "{page}.{etape}.{rang}")?;
        }
        Ok(())
    }
}

/// A mark of each field as a page shows it, in the order of [`Onglet::specs`], points between. A form without script sends
/// them back: a field whose mark is still the same was not changed on that page.
pub fn marks(onglet: &dyn Onglet, contexte: &Contexte) -> String {
    let marks = (0..onglet.specs().len()).map(|at| format!("{:016x}", mark(shown(onglet, at, contexte))));
    marks.collect::<Vec<_>>().join(".")
}

/// The fields of a form that its page changed. All of them when `marks` are not those of this tab.
pub fn changed(etape: Etape, champs: &BTreeMap<String, String>, marks: &str) -> Vec<(String, String)> {
    let blank = Brouillon::default();
    let onglet = blank.onglet(etape);
    let marks: Vec<Option<u64>> = marks.split('.').map(|mark| u64::from_str_radix(mark, 16).ok()).collect();
    let same = |name: &str, raw: &str| {
        let known = onglet.position(name).filter(|_| marks.len() == onglet.specs().len());
        known.is_some_and(|at| marks[at] == Some(mark(raw)))
    };
    let changed = champs.iter().filter(|(name, raw)| !same(name, raw));
    changed.map(|(name, raw)| (name.clone(), raw.clone())).collect()
}

/// The text of a field's control when nobody touches it. A list shows one of its options, whatever text was kept.
fn shown<'a>(onglet: &'a dyn Onglet, at: usize, contexte: &Contexte) -> &'a str {
    let raw = onglet.get(at);
    match onglet.kind(at, contexte) {
        Kind::Select(options) if !options.iter().any(|(value, _)| *value == raw) => {
            let france = options.iter().find(|(value, _)| *value == Pays::FRANCE);
            france.map_or("", |(value, _)| value)
        }
        _ => raw,
    }
}

/// FNV-1a, 64 bits, over the text of a field. It ignores line ends and outer blanks, because browsers change them.
fn mark(raw: &str) -> u64 {
    let bytes = raw.trim().bytes().filter(|byte| *byte != b'\r');
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cas;
    use crate::valeurs::proprietes::contexte;

    #[test]
    fn a_write_names_its_page_and_its_rank() {
        let read = |text| Ecriture::parse(text).map(|write| (write.page, write.rang));
        assert_eq!(read("k3f9.17"), Some(("k3f9".to_owned(), 17)));
        for wrong in ["", "k3f9", ".1", "k3f9.", "k3f9.-1", "k 3.1", "a.b.1", "é.1", &format!("{}.1", "a".repeat(33))]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_older_write_of_the_same_page_and_tab_is_refused() {
        let mut ecritures = Ecritures::default();
        let mut write = |etape, page: &str, rang| {
            ecritures = Ecritures::parse(&ecritures.to_string());
            ecritures.accept(etape, &Ecriture { page: page.to_owned(), rang })
        };
        assert!(write(Etape::Identite, "a", 2));
        assert!(!write(Etape::Identite, "a", 1), "older");
        assert!(!write(Etape::Identite, "a", 2), "the same again");
        assert!(write(Etape::Coordonnees, "a", 1), "another tab");
        assert!(write(Etape::Identite, "b", 1), "another page");
        assert!(!write(Etape::Identite, "a", 1), "still older");
        assert!(write(Etape::Identite, "a", 3));
    }

    #[test]
    fn the_latest_pages_alone_are_remembered() {
        let mut ecritures = Ecritures::default();
        for page in 0..100 {
            ecritures.accept(Etape::Identite, &Ecriture { page: format!("p{page}"), rang: 5 });
        }
        assert_eq!(ecritures.0.len(), PAGES_MAX);
        assert!(!ecritures.accept(Etape::Identite, &Ecriture { page: "p99".to_owned(), rang: 4 }));
    }

    #[test]
    fn a_form_changes_only_what_its_page_changed() {
        let mut brouillon = Brouillon::default();
        brouillon.identite.nom = " Le Goff\r\nd’Arz".to_owned();
        let onglet = brouillon.onglet(Etape::Identite);
        let base = marks(onglet, &contexte(Cas::Personnel));
        let form = |fields: &[(&str, &str)]| {
            fields.iter().map(|(name, raw)| ((*name).to_owned(), (*raw).to_owned())).collect::<BTreeMap<_, _>>()
        };
        let names = |champs, base: &str| {
            changed(Etape::Identite, &champs, base).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
        };
        let typed = [("nom", "Le Goff\nd’Arz"), ("prenom", "Anne"), ("nom_naissance", "")];
        assert_eq!(names(form(&typed), &base), ["prenom"]);
        assert_eq!(names(form(&[("nom", "")]), &base), ["nom"], "emptied is changed");
        assert_eq!(names(form(&typed), ""), ["nom", "nom_naissance", "prenom"], "no marks, all of it");
        assert_eq!(names(form(&typed), "12.34"), ["nom", "nom_naissance", "prenom"], "another tab's marks");
        assert_eq!(names(form(&[("ailleurs", "x")]), &base), ["ailleurs"], "left to who knows the names");
    }

    #[test]
    fn a_list_that_nobody_touched_is_not_changed() {
        let onglets = Brouillon::default();
        let marks_of = |etape| marks(onglets.onglet(etape), &contexte(Cas::Personnel));
        let champs = BTreeMap::from([("pays".to_owned(), "FR".to_owned()), ("voie".to_owned(), String::new())]);
        assert_eq!(changed(Etape::Adresses, &champs, &marks_of(Etape::Adresses)), []);
        let champs = BTreeMap::from([("statut".to_owned(), String::new())]);
        let etape = Etape::SituationProfessionnelle;
        assert_eq!(changed(etape, &champs, &marks_of(etape)), []);
    }
}
