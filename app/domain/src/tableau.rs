//! The server's answers to hydrated pages, as text: rows of cells. A derived reader of JSON weighs in the browser,
//! once for each type; this reader serves every type.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::collectivite::{CleCollectivite, Collectivite};
use super::{Brouillon, BrouillonEnCours, Cas, Etape};

/// Rows of cells. By convention the first cell says what the row is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub struct Tableau(pub Vec<Vec<String>>);

const ERREUR: &str = "erreur";

impl Tableau {
    /// An error in the place of an answer, with the message for the person.
    pub fn of_error(message: String) -> Self {
        Self(vec![vec![ERREUR.to_owned(), message]])
    }

    pub fn error(&self) -> Option<String> {
        self.rows(ERREUR).find_map(|cells| cells.first().cloned())
    }

    pub fn push<const N: usize>(&mut self, kind: &str, cells: [&str; N]) {
        self.0.push(std::iter::once(kind).chain(cells).map(str::to_owned).collect());
    }

    /// The rows of a kind, without their first cell.
    pub fn rows<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a [String]> {
        self.0.iter().filter_map(move |row| row.split_first().filter(|(first, _)| *first == kind).map(|(_, rest)| rest))
    }

    /// The rows that are not of this kind.
    pub fn without(&self, kind: &str) -> Self {
        Self(self.0.iter().filter(|row| row.first().is_none_or(|first| first != kind)).cloned().collect())
    }

    pub fn push_collectivite(&mut self, kind: &str, collectivite: &Collectivite) {
        let Collectivite { cle, nom, departement, code_postal } = collectivite;
        self.push(kind, [&cle.to_string(), nom, departement, code_postal]);
    }

    pub fn collectivites(&self, kind: &str) -> Vec<Collectivite> {
        let read = |cells: &[String]| {
            let [cle, nom, departement, code_postal] = cells else { return None };
            let cle = CleCollectivite::parse(cle)?;
            let (nom, departement, code_postal) = (nom.clone(), departement.clone(), code_postal.clone());
            Some(Collectivite { cle, nom, departement, code_postal })
        };
        self.rows(kind).filter_map(read).collect()
    }
}

impl From<&BrouillonEnCours> for Tableau {
    fn from(draft: &BrouillonEnCours) -> Self {
        let mut table = Self::default();
        let (year, month, day) = draft.today;
        table.push("cas", [draft.cas.code()]);
        table.push("jour", [&year.to_string(), &month.to_string(), &day.to_string()]);
        table.push("fin", [&draft.fin]);
        if let Some(collectivite) = &draft.collectivite {
            table.push_collectivite("collectivite", collectivite);
        }
        for etape in Etape::ALL {
            if draft.brouillon.visites.contains(&etape) {
                table.push("visite", [etape.slug()]);
            }
            let onglet = draft.brouillon.onglet(etape);
            for (at, spec) in onglet.specs().iter().enumerate() {
                if !onglet.get(at).is_empty() {
                    table.push("champ", [etape.slug(), spec.name, onglet.get(at)]);
                }
            }
        }
        table
    }
}

impl BrouillonEnCours {
    /// Reads what `Tableau::from` wrote; `None` when there is no draft in it.
    pub fn read(table: &Tableau) -> Option<Self> {
        let [cas] = table.rows("cas").next()? else { return None };
        let [year, month, day] = table.rows("jour").next()? else { return None };
        let mut brouillon = Brouillon::default();
        for cells in table.rows("champ") {
            let [etape, name, raw] = cells else { continue };
            let Some(etape) = Etape::from_slug(etape) else { continue };
            let onglet = brouillon.onglet_mut(etape);
            if let Some(at) = onglet.position(name) {
                onglet.set(at, raw.clone());
            }
        }
        brouillon.visites = table.rows("visite").flatten().filter_map(|slug| Etape::from_slug(slug)).collect();
        Some(Self {
            cas: Cas::from_code(cas)?,
            collectivite: table.collectivites("collectivite").pop(),
            brouillon,
            today: (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
            fin: table.rows("fin").flatten().next().cloned().unwrap_or_default(),
        })
    }
}

/// A row ends with a bar, and a tab separates two cells. A backslash escapes these characters inside a cell. A line
/// feed would not do as an end: a form rewrites those of its hidden fields.
impl fmt::Display for Tableau {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.0 {
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    out.write_str("\t")?;
                }
                for c in cell.chars() {
                    if matches!(c, '\\' | '\t' | '|') {
                        out.write_str("\\")?;
                    }
                    fmt::Write::write_char(out, c)?;
                }
            }
            out.write_str("|")?;
        }
        Ok(())
    }
}

impl FromStr for Tableau {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let mut rows = Vec::new();
        let mut row = Vec::new();
        let mut cell = String::new();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => cell.extend(chars.next()),
                '\t' => row.push(std::mem::take(&mut cell)),
                '|' => {
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                _ => cell.push(c),
            }
        }
        Ok(Self(rows))
    }
}

impl From<Tableau> for String {
    fn from(table: Tableau) -> Self {
        table.to_string()
    }
}

impl From<String> for Tableau {
    fn from(text: String) -> Self {
        match text.parse() {
            Ok(table) => table,
            Err(never) => match never {},
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_draft_travels_whole() {
        let mut brouillon = Brouillon::default();
        brouillon.identite.nom = "Le\tGoff\\|".to_owned();
        brouillon.situation_professionnelle.domaines = "Finances\r\nÉtat civil".to_owned();
        brouillon.visites.extend([Etape::Identite, Etape::SituationProfessionnelle]);
        let cle = CleCollectivite::parse("COMMUNE:31555").unwrap();
        let collectivite = Collectivite {
            cle,
            nom: "Toulouse".to_owned(),
            departement: "31".to_owned(),
            code_postal: "31000".to_owned(),
        };
        for collectivite in [None, Some(collectivite)] {
            let draft = BrouillonEnCours {
                cas: Cas::Independant,
                collectivite,
                brouillon: brouillon.clone(),
                today: (2026, 3, 15),
                fin: "22 mars".to_owned(),
            };
            let text = Tableau::from(&draft).to_string();
            assert_eq!(BrouillonEnCours::read(&text.parse().unwrap()), Some(draft));
        }
    }

    #[test]
    fn no_draft_and_an_error_are_told_apart() {
        assert_eq!(BrouillonEnCours::read(&Tableau::default()), None);
        let error = Tableau::of_error("Réessayez.".to_owned());
        assert_eq!((BrouillonEnCours::read(&error), error.error()), (None, Some("Réessayez.".to_owned())));
    }

    proptest! {
        #[test]
        fn any_text_travels(rows in prop::collection::vec(prop::collection::vec("[\\\\\t\n\r|ané]*", 1..4), 0..4)) {
            let table = Tableau(rows);
            prop_assert_eq!(table.to_string().parse::<Tableau>().unwrap(), table);
        }
    }
}
