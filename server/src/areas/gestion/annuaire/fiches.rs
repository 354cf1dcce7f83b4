//! Parses an entry of the directory, typed or read from a spreadsheet. It puts back the leading zeros that a
//! spreadsheet removed, and reports them. It refuses what it cannot repair.

use app::areas::gestion::annuaire::EntreeSaisie;
use domain::collectivite::{CleCollectivite, TypeCollectivite};
use domain::valeurs::{bare, siren};

use crate::backend::plain_text;
use crate::persistence::fiche::Fiche;

const NOM_MAX: usize = 120;
const CODE_MAX: usize = 20;
const POPULATION_MAX: i64 = 100_000_000;
const CODES_POSTAUX_MAX: usize = 100;

/// Each wrong field, with the reason.
pub type Fautes = Vec<(&'static str, &'static str)>;

/// A parsed entry, and its repairs: field, before, after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lue {
    pub fiche: Fiche,
    pub rectifications: Vec<(&'static str, String, String)>,
}

/// # Errors
/// Each wrong field, with the reason.
pub fn read(saisie: &EntreeSaisie) -> Result<Lue, Fautes> {
    let mut wrong = Fautes::new();
    let mut check = |right: bool, champ, why| {
        if !right {
            wrong.push((champ, why));
        }
    };
    let genre = TypeCollectivite::from_code(&bare(&saisie.genre).to_uppercase());
    check(genre.is_some(), "type", "Le type n’est pas celui d’une collectivité.");
    let typed_code = bare(&saisie.code);
    let code = genre.map_or_else(|| general(typed_code), |genre| code(genre, typed_code));
    check(code.is_ok(), "code", code.as_ref().err().copied().unwrap_or_default());
    let nom = name(&saisie.nom);
    check(nom.is_some(), "nom", "Le nom a de 1 à 120 caractères, sur une ligne.");
    let typed_siren = bare(&saisie.siren);
    let siren = if typed_siren.is_empty() { Some(String::new()) } else { padded_siren(typed_siren) };
    check(siren.is_some(), "siren", "Le SIREN n’est pas valable : vérifiez ses 9 chiffres.");
    let typed_departement = bare(&saisie.departement);
    let departement = if typed_departement.is_empty() { Some(String::new()) } else { departement(typed_departement) };
    check(departement.is_some(), "departement", "Le département est un numéro, par exemple 31, 2A ou 974.");
    let typed_codes: Vec<&str> =
        saisie.codes_postaux.split(|c: char| c.is_whitespace() || ",;/|".contains(c)).map(bare).collect();
    let typed_codes: Vec<&str> = typed_codes.into_iter().filter(|code| !code.is_empty()).collect();
    let codes: Option<Vec<String>> = typed_codes.iter().map(|code| digits(code, 5)).collect();
    let codes = codes.filter(|codes| codes.len() <= CODES_POSTAUX_MAX);
    check(codes.is_some(), "codes_postaux", "Chaque code postal comporte 5 chiffres, avec un espace entre deux.");
    let population: String = saisie.population.chars().filter(|c| !c.is_whitespace()).collect();
    let population = if population.is_empty() { Some(0) } else { population.parse::<i64>().ok() };
    let population = population.filter(|n| (0..=POPULATION_MAX).contains(n));
    check(population.is_some(), "population", "La population est un nombre entier.");
    match (genre, code, nom, siren, departement, codes, population) {
        (Some(genre), Ok(code), Some(nom), Some(siren), Some(departement), Some(codes), Some(population)) => {
            let codes_postaux = codes.join(" ");
            let typed_siren: String = typed_siren.chars().filter(char::is_ascii_digit).collect();
            let put_right = [
                ("code", typed_code.to_owned(), code.clone()),
                ("SIREN", typed_siren, siren.clone()),
                ("département", typed_departement.to_owned(), departement.clone()),
                ("codes postaux", typed_codes.join(" "), codes_postaux.clone()),
            ];
            let rectifications = put_right.into_iter().filter(|(_, before, after)| before != after).collect();
            let cle = CleCollectivite { genre, code };
            let fiche = Fiche { cle, nom, siren, departement, codes_postaux, population };
            Ok(Lue { fiche, rectifications })
        }
        _ => Err(wrong),
    }
}

/// Parses a name of one line.
pub fn name(raw: &str) -> Option<String> {
    let nom = bare(raw);
    let right = !nom.is_empty() && !nom.contains('\n') && plain_text(nom, NOM_MAX) == nom;
    right.then(|| nom.to_owned())
}

/// Parses the code of an entry by the rule of its type, and puts back leading zeros.
///
/// # Errors
/// A sentence that says what the code must be.
pub fn code(genre: TypeCollectivite, typed: &str) -> Result<String, &'static str> {
    match genre {
        // INSEE code: five digits. In Corsica it begins with 2A or 2B.
        TypeCollectivite::Commune => digits(typed, 5)
            .or_else(|| corsican(typed))
            .ok_or("Le code d’une commune est son code INSEE, de 5 caractères."),
        TypeCollectivite::Departement | TypeCollectivite::CollectiviteOutreMer => {
            departement(typed).ok_or("Le code est celui d’un département, par exemple 31, 2A ou 974.")
        }
        TypeCollectivite::Region => digits(typed, 2).ok_or("Le code d’une région a deux chiffres."),
        TypeCollectivite::CommunauteAgglomeration
        | TypeCollectivite::CommunauteCommunes
        | TypeCollectivite::CommunauteUrbaine
        | TypeCollectivite::Metropole
        | TypeCollectivite::MetropoleLyon
        | TypeCollectivite::EtablissementPublicTerritorial => {
            padded_siren(typed).ok_or("Le code d’un groupement est son SIREN, de 9 chiffres.")
        }
        TypeCollectivite::GeneriqueIntervenants
        | TypeCollectivite::Ccas
        | TypeCollectivite::Sdis
        | TypeCollectivite::Cdg
        | TypeCollectivite::Syndicat => general(typed),
    }
}

fn general(typed: &str) -> Result<String, &'static str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let right = !typed.is_empty() && typed.len() <= CODE_MAX && typed.chars().all(plain);
    right.then(|| typed.to_owned()).ok_or("Le code a de 1 à 20 lettres, chiffres ou tirets.")
}

/// Reads digits, and puts back one missing leading zero.
fn digits(typed: &str, length: usize) -> Option<String> {
    let plain = typed.bytes().all(|byte| byte.is_ascii_digit()) && (length - 1..=length).contains(&typed.len());
    plain.then(|| format!("{typed:0>length$}"))
}

fn corsican(typed: &str) -> Option<String> {
    let upper = typed.to_ascii_uppercase();
    let right = upper.len() == 5 && (upper.starts_with("2A") || upper.starts_with("2B"));
    (right && upper.bytes().skip(2).all(|byte| byte.is_ascii_digit())).then_some(upper)
}

fn padded_siren(typed: &str) -> Option<String> {
    siren(typed).or_else(|| siren(&format!("0{typed}")))
}

/// The number of a département, or of an overseas collectivité that has such a number.
fn departement(typed: &str) -> Option<String> {
    let upper = typed.to_ascii_uppercase();
    if matches!(upper.as_str(), "2A" | "2B") {
        return Some(upper);
    }
    let number: u16 = digits(&upper, 2).or_else(|| digits(&upper, 3).filter(|_| upper.len() == 3))?.parse().ok()?;
    let known = (1..=95).contains(&number) && number != 20 || matches!(number, 971..=978 | 984 | 986..=989);
    known.then(|| format!("{number:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saisie(cells: [&str; 7]) -> EntreeSaisie {
        let [genre, code, nom, siren, departement, codes_postaux, population] = cells.map(str::to_owned);
        EntreeSaisie { genre, code, nom, siren, departement, codes_postaux, population }
    }

    #[test]
    fn the_zeros_that_a_spreadsheet_eats_are_put_back_and_told() {
        let eaten = saisie(["COMMUNE", "1001", "L'Abergement-Clémenciat", "210100012", "1", "1400", "832"]);
        let read = read(&eaten).unwrap();
        assert_eq!(read.fiche.cle.code, "01001");
        assert_eq!((read.fiche.departement.as_str(), read.fiche.codes_postaux.as_str()), ("01", "01400"));
        let said: Vec<_> = read.rectifications.iter().map(|(field, ..)| *field).collect();
        assert_eq!(said, ["code", "département", "codes postaux"]);
    }

    #[test]
    fn what_the_types_allow_is_read_and_nothing_else() {
        for (genre, code, right) in [
            ("commune", "2a004", Some("2A004")),
            ("COMMUNE", "97411", Some("97411")),
            ("COMMUNE", "100", None),
            ("COMMUNE", "1001X", None),
            ("DEPARTEMENT", "1", Some("01")),
            ("DEPARTEMENT", "2b", Some("2B")),
            ("DEPARTEMENT", "20", None),
            ("DEPARTEMENT", "96", None),
            ("DEPARTEMENT", "XYZ", None),
            ("COLLECTIVITE_OUTRE_MER", "975", Some("975")),
            ("REGION", "1", Some("01")),
            ("REGION", "111", None),
            ("CC", "200000172", Some("200000172")),
            ("CC", "200000173", None),
            ("SDIS", "SDIS-31", Some("SDIS-31")),
        ] {
            let read = read(&saisie([genre, code, "Nom", "", "", "", ""]));
            assert_eq!(read.ok().map(|read| read.fiche.cle.code).as_deref(), right, "{genre} {code}");
        }
        for departement in ["XYZ", "0", "00", "20", "99", "970", "3100", "1A"] {
            assert!(read(&saisie(["CCAS", "1", "Nom", "", departement, "", ""])).is_err(), "{departement}");
        }
        let grouped = saisie(["CCAS", "1", "Nom", "213 105 554", "2a", "31000,31100 ; 31200", "514\u{202f}819"]);
        let read = read(&grouped).unwrap().fiche;
        assert_eq!((read.siren.as_str(), read.departement.as_str()), ("213105554", "2A"));
        assert_eq!((read.codes_postaux.as_str(), read.population), ("31000 31100 31200", 514_819));
    }

    #[test]
    fn every_shipped_entry_reads_as_it_is() {
        let mut reader = csv::Reader::from_reader(include_bytes!("../../../../data/collectivites.csv").as_slice());
        for line in reader.deserialize::<EntreeSaisie>() {
            let line = line.unwrap();
            let read = read(&line).unwrap_or_else(|wrong| panic!("{line:?}: {wrong:?}"));
            assert_eq!(read.rectifications, [], "{line:?}");
            assert_eq!(read.fiche.cle.code, line.code);
        }
    }
}
