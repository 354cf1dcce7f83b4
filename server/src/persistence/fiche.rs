//! An entry of the directory, as it is written.

use domain::collectivite::{CleCollectivite, TypeCollectivite, fold};

use super::mots;

/// An entry to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fiche {
    pub cle: CleCollectivite,
    pub nom: String,
    pub siren: String,
    pub departement: String,
    /// With one space between.
    pub codes_postaux: String,
    pub population: i64,
}

/// The text in which a search looks for an entry: its names, their joined words, and its numbers. A département also
/// has « cd31 ».
pub fn cle_recherche(cle: &CleCollectivite, nom: &str, former: &[&str], codes_postaux: &str, siren: &str) -> String {
    let mut words = Vec::new();
    for name in std::iter::once(&nom).chain(former) {
        let name = fold(name);
        words.extend(mots::glued(&name));
        words.insert(0, name);
    }
    if cle.genre == TypeCollectivite::Departement {
        words.push(format!("cd{}", fold(&cle.code)));
    }
    if cle.code != siren {
        words.push(fold(&cle.code));
    }
    format!(" {} {} {siren} ", words.join(" "), codes_postaux.trim())
}
