use std::fmt;
use std::sync::LazyLock;

use crate::onglet::{Choix, Contexte, FieldError, Groupe, Kind, Read};

mod table;

/// The cadre d’emplois of an agent. Its catégorie follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CadreEmplois(&'static Cadre);

/// A grade, with the cadre d’emplois it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grade {
    cadre: &'static Cadre,
    nom: &'static str,
}

#[derive(Debug, PartialEq, Eq)]
struct Filiere {
    nom: &'static str,
    cadres: &'static [Cadre],
}

#[derive(Debug, PartialEq, Eq)]
struct Cadre {
    /// The number of its décret, which names it in forms and in the database.
    decret: &'static str,
    categorie: Categorie,
    nom: &'static str,
    grades: &'static [&'static str],
    en_extinction: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Categorie {
    APlus,
    A,
    B,
    C,
}

impl Categorie {
    /// « A+ » is a habit, not a category of the law.
    fn label(self) -> &'static str {
        match self {
            Self::APlus | Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }
}

impl Cadre {
    fn all() -> impl Iterator<Item = &'static Self> {
        table::FILIERES.iter().flat_map(|filiere| filiere.cadres)
    }

    fn named(decret: &str) -> Option<&'static Self> {
        Self::all().find(|cadre| cadre.decret == decret)
    }

    fn en_clair(&self) -> String {
        let closed = if self.en_extinction { ", en extinction" } else { "" };
        format!("{} (catégorie\u{a0}{}{closed})", self.nom, self.categorie.label())
    }
}

/// Cadres by filière.
static CADRES: LazyLock<Vec<Groupe>> = LazyLock::new(|| {
    let option = |cadre: &Cadre| Choix {
        value: cadre.decret.to_owned(),
        label: cadre.nom.to_owned(),
        en_clair: cadre.en_clair(),
    };
    let groupe = |filiere: &Filiere| Groupe {
        label: format!("Filière {}", filiere.nom.to_lowercase()),
        options: filiere.cadres.iter().map(option).collect(),
    };
    table::FILIERES.iter().map(groupe).collect()
});

/// Grades by cadre.
static GRADES: LazyLock<Vec<Groupe>> = LazyLock::new(|| {
    let groupe = |cadre: &'static Cadre| Groupe {
        label: cadre.nom.to_owned(),
        options: cadre
            .grades
            .iter()
            .map(|nom| Choix {
                value: Grade { cadre, nom }.to_string(),
                label: (*nom).to_owned(),
                en_clair: (*nom).to_owned(),
            })
            .collect(),
    };
    Cadre::all().map(groupe).collect()
});

impl Read for CadreEmplois {
    fn kind(_: &Contexte) -> Kind {
        Kind::Groupes(&CADRES)
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        Cadre::named(raw.trim()).map(Self).ok_or(FieldError::Missing("Choisissez votre cadre d’emplois."))
    }
}

impl fmt::Display for CadreEmplois {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.decret)
    }
}

impl Grade {
    pub fn belongs_to(self, cadre: CadreEmplois) -> bool {
        self.cadre == cadre.0
    }
}

impl Read for Grade {
    fn kind(_: &Contexte) -> Kind {
        Kind::Groupes(&GRADES)
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let known = raw.trim().split_once('/').and_then(|(decret, nom)| {
            let cadre = Cadre::named(decret)?;
            cadre.grades.iter().find(|grade| **grade == nom).map(|nom| Self { cadre, nom })
        });
        known.ok_or(FieldError::Missing("Choisissez votre grade."))
    }
}

/// Seven names of grades are shared between cadres: the décret goes with them.
impl fmt::Display for Grade {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.cadre.decret, self.nom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Cas;
    use crate::valeurs::proprietes::{accepts, contexte, proprietes, refuses};

    #[test]
    fn the_sixty_cadres_are_each_named_once() {
        let decrets: BTreeSet<_> = Cadre::all().map(|cadre| cadre.decret).collect();
        let noms: BTreeSet<_> = Cadre::all().map(|cadre| cadre.nom).collect();
        assert_eq!((Cadre::all().count(), decrets.len(), noms.len()), (60, 60, 60));
        assert_eq!(table::FILIERES.len(), 9);
        assert_eq!(Cadre::all().filter(|cadre| cadre.en_extinction).count(), 5);
        for cadre in Cadre::all() {
            let grades: BTreeSet<_> = cadre.grades.iter().collect();
            assert!(!grades.is_empty() && grades.len() == cadre.grades.len(), "{}", cadre.nom);
            assert!(!cadre.nom.contains('\'') && cadre.grades.iter().all(|nom| !nom.contains(['\'', '/'])));
        }
    }

    #[test]
    fn every_option_offered_reads() {
        for choix in CADRES.iter().flat_map(|groupe| &groupe.options) {
            accepts::<CadreEmplois>(&[(&choix.value, &choix.value)]);
        }
        for choix in GRADES.iter().flat_map(|groupe| &groupe.options) {
            accepts::<Grade>(&[(&choix.value, &choix.value)]);
        }
        refuses::<CadreEmplois>("Choisissez votre cadre d’emplois.", &["Attachés territoriaux", "87-1", "x"]);
        refuses::<Grade>("Choisissez votre grade.", &["attaché", "87-1099/rédacteur", "87-1099", "/", "x/attaché"]);
    }

    #[test]
    fn the_category_follows_from_the_cadre_and_a_plus_is_a() {
        let said = |decret| Cadre::named(decret).unwrap().en_clair().replace('\u{a0}', " ");
        assert_eq!(said("87-1097"), "Administrateurs territoriaux (catégorie A)");
        assert_eq!(said("2012-924"), "Rédacteurs territoriaux (catégorie B)");
        assert_eq!(said("87-1103"), "Secrétaires de mairie (catégorie A, en extinction)");
    }

    #[test]
    fn a_grade_of_a_shared_name_belongs_to_one_cadre() {
        let read = |raw| Grade::read(raw, &contexte(Cas::ServiceRh)).unwrap();
        let cadre = |raw| CadreEmplois::read(raw, &contexte(Cas::ServiceRh)).unwrap();
        assert!(read("2016-336/cadre de santé").belongs_to(cadre("2016-336")));
        assert!(!read("2016-336/cadre de santé").belongs_to(cadre("2003-676")));
    }

    proprietes!(CadreEmplois, ["87-1099", "2012-924"]);

    mod grade {
        use super::*;
        proprietes!(Grade, ["87-1099/attaché", "2012-924/rédacteur"]);
    }
}
