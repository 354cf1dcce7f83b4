//! The addresses of the staff area. The filter of the list goes with a file and comes back with it.

use std::collections::BTreeMap;

use domain::filtre::FiltreDemandes;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::browser::encode;

/// Every page of the staff is below.
pub const GESTION: &str = "/gestion";
pub const STAFF_LOGIN: &str = "/gestion/connexion";
pub const STAFF_MOT_DE_PASSE: &str = "/gestion/mes-reglages/mot-de-passe";
pub const SECOND_FACTEUR: &str = "/gestion/second-facteur";
pub const CODES_SECOURS: &str = "/gestion/second-facteur/codes";
pub const DEMANDES: &str = "/gestion/demandes";
pub const COLLECTIVITES: &str = "/gestion/collectivites";
pub const IMPORT: &str = "/gestion/collectivites/import";
/// Where the file to import is sent, by a form of its own: no server function takes one.
pub const FICHIER: &str = "/gestion/collectivites/fichier";
pub const MOTIFS: &str = "/gestion/motifs";
pub const COURRIELS: &str = "/gestion/courriels";
pub const STATISTIQUES: &str = "/gestion/statistiques";
pub const EQUIPE: &str = "/gestion/equipe";
pub const SERVICES_FORMATION: &str = "/gestion/services-formation";
pub const JOURNAL: &str = "/gestion/journal";
pub const REGLAGES: &str = "/gestion/mes-reglages";
pub const LOT: &str = "/gestion/demandes/lot";
pub const EXPORT: &str = "/gestion/demandes.csv";

/// A filter as the query of an address, without its `?`.
pub fn query_of(filtre: &FiltreDemandes) -> String {
    let pairs = filtre.parameters();
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

/// The list under this filter, itself a query.
pub fn liste_path(retour: &str) -> String {
    with_query(DEMANDES, retour)
}

pub fn dossier_path(id: i64, retour: &str) -> String {
    with_query(&format!("{DEMANDES}/{id}"), retour)
}

/// A page of a file: the form of a decision.
pub fn dossier_sub_path(id: i64, action: &str, retour: &str) -> String {
    with_query(&format!("{DEMANDES}/{id}/{action}"), retour)
}

/// Only what the query of an address is made of: a form may send anything.
fn with_query(path: &str, query: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "=&%+-._~".contains(c);
    match query {
        "" => path.to_owned(),
        query if query.len() <= 2_000 && query.chars().all(plain) => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// The parameters of the page's address, the last one of each name.
pub fn parameters() -> Memo<BTreeMap<String, String>> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| query.latest_values().map(|(name, value)| (name.to_string(), value.to_owned())).collect())
    })
}

/// The filter in the address of the page, as a query.
pub fn filter_here() -> String {
    query_of(&here())
}

/// The same as the fields of a form.
pub fn fields_here() -> Vec<(&'static str, String)> {
    here().parameters()
}

fn here() -> FiltreDemandes {
    let parameters = parameters().get_untracked();
    FiltreDemandes::read(|name| parameters.get(name).cloned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_back_is_the_query_of_our_own_page_or_nothing() {
        assert_eq!(dossier_path(7, "statut=tous&q=zorn%20et"), "/gestion/demandes/7?statut=tous&q=zorn%20et");
        assert_eq!(liste_path(""), "/gestion/demandes");
        for wrong in ["a=b\r\nSet-Cookie:x=y", "a=b#c", "//evil.example", "a b", &"a".repeat(2_001)] {
            assert_eq!(liste_path(wrong), "/gestion/demandes", "{wrong}");
        }
    }
}
