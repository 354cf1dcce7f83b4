//! The address of every page. What is not here has none.

use domain::Etape;
use domain::filtre::FiltreDemandes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes a text for a path segment or a query value.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, &RESERVED).to_string()
}

// The way in.
pub const LOGIN: &str = "/";
pub const LOST_PASSWORD: &str = "/mot-de-passe-perdu";
/// The address to which password managers send a person who wants to change a password (W3C, « A Well-Known URL for
/// Changing Passwords »).
pub const CHANGER_MOT_DE_PASSE: &str = "/.well-known/change-password";

// The sign-up.
pub const ORIENTATION: &str = "/inscription";
pub const SERVICE_RH: &str = "/inscription/service-rh";
pub const COLLECTIVITE: &str = "/inscription/collectivite";
pub const ANNULER: &str = "/inscription/annuler";
pub const ENVOYEE: &str = "/inscription/envoyee";

// The account of a formateur.
pub const MON_COMPTE: &str = "/mon-compte";
pub const ACCUSE: &str = "/mon-compte/accuse-de-reception";
pub const RETIRER: &str = "/mon-compte/retirer";
pub const CORRECTIONS: &str = "/mon-compte/corrections";
pub const MOT_DE_PASSE: &str = "/mon-compte/mot-de-passe";
pub const DONNEES: &str = "/mon-compte/donnees";
pub const EFFACER: &str = "/mon-compte/donnees/effacer";
pub const EFFACE: &str = "/compte-efface";
/// The data kept about the person, as files; not pages.
pub const EXPORT_JSON: &str = "/mon-compte/donnees.json";
pub const EXPORT_CSV: &str = "/mon-compte/donnees.csv";

pub fn correction_path(etape: Etape) -> String {
    format!("{CORRECTIONS}/{}", etape.slug())
}

// The follow-up of a demande.
pub const SUIVI: &str = "/suivi";

pub fn suivi_path(token: &str) -> String {
    format!("{SUIVI}/{}", encode(token))
}

// The service formation.
pub const SERVICE_FORMATION: &str = "/service-formation";
pub const SERVICE_MOT_DE_PASSE: &str = "/service-formation/mot-de-passe";

/// A tab of an agent's sign-up.
pub fn onglet_path(id: &str, etape: Etape) -> String {
    format!("{SERVICE_FORMATION}/inscriptions/{id}/{}", etape.slug())
}

/// Where a draft is given up.
pub fn effacer_path(id: &str) -> String {
    format!("{SERVICE_FORMATION}/inscriptions/{id}/effacer")
}

/// « N’est plus notre agent ».
pub fn retirer_path(reference: &str) -> String {
    format!("{SERVICE_FORMATION}/agents/{reference}/retirer")
}

// The staff.
/// Every page of the staff is below.
pub const GESTION: &str = "/gestion";
pub const STAFF_LOGIN: &str = "/gestion/connexion";
pub const STAFF_MOT_DE_PASSE: &str = "/gestion/mes-reglages/mot-de-passe";
pub const SECOND_FACTEUR: &str = "/gestion/second-facteur";
pub const CODES_SECOURS: &str = "/gestion/second-facteur/codes";
pub const DEMANDES: &str = "/gestion/demandes";
pub const COLLECTIVITES: &str = "/gestion/collectivites";
pub const IMPORT: &str = "/gestion/collectivites/import";
/// The address that receives the file to import, from a form of its own: no server function takes a file.
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

// The sessions of training.
pub const FORMATIONS: &str = "/formations";
pub const MES_PREINSCRIPTIONS: &str = "/mon-compte/preinscriptions";
pub const GESTION_FORMATIONS: &str = "/gestion/formations";
pub const IMPORT_FORMATIONS: &str = "/gestion/formations/import";
/// The address that receives the file of sessions to import.
pub const FICHIER_FORMATIONS: &str = "/gestion/formations/fichier";
pub const DELEGATIONS: &str = "/gestion/delegations";

/// The page of a session: `adresse` is its code and its number, `FF-ANIMER/003`.
pub fn formation_path(adresse: &str) -> String {
    format!("{FORMATIONS}/{adresse}")
}

/// The page of one's préinscription.
pub fn preinscription_path(reference: &str) -> String {
    format!("{MES_PREINSCRIPTIONS}/{}", encode(reference))
}

/// Where one's préinscription is given up.
pub fn annuler_preinscription_path(reference: &str) -> String {
    format!("{}/annuler", preinscription_path(reference))
}

/// The page of a session for the staff.
pub fn gestion_formation_path(id: i64) -> String {
    format!("{GESTION_FORMATIONS}/{id}")
}

/// A page of a session for the staff, such as `modifier` or `preinscriptions`.
pub fn gestion_formation_sub_path(id: i64, page: &str) -> String {
    format!("{GESTION_FORMATIONS}/{id}/{page}")
}

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

/// The address of a page of a file, such as the form of a decision.
pub fn dossier_sub_path(id: i64, action: &str, retour: &str) -> String {
    with_query(&format!("{DEMANDES}/{id}/{action}"), retour)
}

/// Adds a query if it only holds the characters of a query: a form may send anything.
fn with_query(path: &str, query: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "=&%+-._~".contains(c);
    match query {
        "" => path.to_owned(),
        query if query.len() <= 2_000 && query.chars().all(plain) => format!("{path}?{query}"),
        _ => path.to_owned(),
    }
}

/// A path with one more parameter.
pub fn with_parameter(path: &str, name: &str, value: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}{name}={value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_unreserved_characters_stay_as_they_are() {
        assert_eq!(encode("aZ09-._~"), "aZ09-._~");
        assert_eq!(encode("Saint-Étienne & /?#"), "Saint-%C3%89tienne%20%26%20%2F%3F%23");
    }

    #[test]
    fn what_comes_back_is_the_query_of_our_own_page_or_nothing() {
        assert_eq!(dossier_path(7, "statut=tous&q=zorn%20et"), "/gestion/demandes/7?statut=tous&q=zorn%20et");
        assert_eq!(liste_path(""), "/gestion/demandes");
        for wrong in ["a=b\r\nSet-Cookie:x=y", "a=b#c", "//evil.example", "a b", &"a".repeat(2_001)] {
            assert_eq!(liste_path(wrong), "/gestion/demandes", "{wrong}");
        }
    }
}
