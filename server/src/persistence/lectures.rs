//! The possible meanings of a text typed to find a collectivité, the most literal one first.

use domain::collectivite::TypeCollectivite;

/// The words to look for, and the type of collectivité if the text names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lecture {
    pub mots: Vec<String>,
    pub genre: Option<TypeCollectivite>,
}

/// How many words a search takes.
const WORDS_MAX: usize = 12;

/// How people call each type of collectivité, in folded words. A long name stands before a shorter one that it
/// contains.
const GENRES: &[(&[&str], TypeCollectivite)] = &[
    (&["hotel", "de", "ville"], TypeCollectivite::Commune),
    (&["mairie"], TypeCollectivite::Commune),
    (&["commune"], TypeCollectivite::Commune),
    (&["ville"], TypeCollectivite::Commune),
    (&["conseil", "departemental"], TypeCollectivite::Departement),
    (&["conseil", "general"], TypeCollectivite::Departement),
    (&["departement"], TypeCollectivite::Departement),
    (&["hotel", "du", "departement"], TypeCollectivite::Departement),
    (&["cd"], TypeCollectivite::Departement),
    (&["conseil", "regional"], TypeCollectivite::Region),
    (&["region"], TypeCollectivite::Region),
    (&["communaute", "d", "agglomeration"], TypeCollectivite::CommunauteAgglomeration),
    (&["agglomeration"], TypeCollectivite::CommunauteAgglomeration),
    (&["agglo"], TypeCollectivite::CommunauteAgglomeration),
    (&["communaute", "de", "communes"], TypeCollectivite::CommunauteCommunes),
    (&["communaute", "des", "communes"], TypeCollectivite::CommunauteCommunes),
    (&["comcom"], TypeCollectivite::CommunauteCommunes),
    (&["com", "com"], TypeCollectivite::CommunauteCommunes),
    (&["communaute", "urbaine"], TypeCollectivite::CommunauteUrbaine),
    (&["metropole"], TypeCollectivite::Metropole),
];

/// Small words that are left out of a search.
const LINKS: &[&str] = &["de", "du", "des", "d", "la", "le", "les", "l", "et", "a", "au"];

/// A city with arrondissements. `postal` and `insee` are the numbers just before those of the first arrondissement.
struct Ville {
    nom: &'static str,
    code: &'static str,
    postal: u32,
    arrondissements: u32,
    insee: u32,
}

const VILLES: [Ville; 3] = [
    Ville { nom: "paris", code: "75056", postal: 75_000, arrondissements: 20, insee: 75_100 },
    Ville { nom: "lyon", code: "69123", postal: 69_000, arrondissements: 9, insee: 69_380 },
    Ville { nom: "marseille", code: "13055", postal: 13_000, arrondissements: 16, insee: 13_200 },
];

/// The readings of a folded text. An empty text has none.
pub fn lectures(folded: &str) -> Vec<Lecture> {
    let words: Vec<&str> = folded.split_whitespace().take(WORDS_MAX).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let read = |words: &[&str], genre| Lecture { mots: words.iter().map(|word| (*word).to_owned()).collect(), genre };
    let mut found = Vec::new();
    if let Some((ville, postal)) = arrondissement(&words) {
        found.push(read(&[ville.nom, &postal], Some(TypeCollectivite::Commune)));
    }
    found.push(read(&words, None));
    if let Some(code) = commune_of(&words) {
        found.push(read(&[code], Some(TypeCollectivite::Commune)));
    }
    // A SIRET begins with the SIREN.
    let digits = words.concat();
    if digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        found.push(read(&[&digits[..9]], None));
    }
    let (rest, genre) = without_type(&words);
    let rest: Vec<&str> = rest.into_iter().filter(|word| !LINKS.contains(word)).collect();
    if !rest.is_empty() && rest != words {
        if genre.is_some() {
            found.push(read(&rest, genre));
        }
        found.push(read(&rest, None));
    }
    found
}

/// Removes the name of a type from the words. Returns the other words and the type.
fn without_type<'a>(words: &[&'a str]) -> (Vec<&'a str>, Option<TypeCollectivite>) {
    for (names, genre) in GENRES {
        if let Some(at) = words.windows(names.len()).position(|found| found == *names) {
            let rest = words[..at].iter().chain(&words[at + names.len()..]).copied().collect();
            return (rest, Some(*genre));
        }
    }
    (words.to_vec(), None)
}

/// Reads « Paris 15 », « Lyon 3e » or « mairie du 8ème arrondissement de Marseille ». Returns the city and the
/// arrondissement's postal code.
fn arrondissement(words: &[&str]) -> Option<(&'static Ville, String)> {
    const BESIDE: &[&str] = &["arrondissement", "arr", "mairie", "ville", "commune", "e", "er", "eme", "ieme"];
    let (mut city, mut number) = (None, None);
    for word in words {
        if let Some(ville) = VILLES.iter().find(|ville| ville.nom == *word) {
            city.replace(ville).is_none().then_some(())?;
        } else if let Some(n) = ordinal(word) {
            number.replace(n).is_none().then_some(())?;
        } else if !BESIDE.contains(word) && !LINKS.contains(word) {
            return None;
        }
    }
    let (ville, n) = (city?, number?);
    (1..=ville.arrondissements).contains(&n).then(|| (ville, (ville.postal + n).to_string()))
}

/// Reads 3, 3e, 3eme or 1er.
fn ordinal(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let plain = matches!(&word[digits.len()..], "" | "e" | "er" | "eme" | "ieme");
    (plain && digits.len() <= 2).then(|| digits.parse().ok())?
}

/// The code of the commune, if the words are the INSEE code of one of its arrondissements.
fn commune_of(words: &[&str]) -> Option<&'static str> {
    let code: u32 = words.concat().parse().ok()?;
    let of = |ville: &&Ville| (ville.insee + 1..=ville.insee + ville.arrondissements).contains(&code);
    VILLES.iter().find(of).map(|ville| ville.code)
}

#[cfg(test)]
mod tests {
    use domain::collectivite::fold;

    use super::*;

    #[test]
    fn an_arrondissement_leads_to_its_city_by_its_postal_code() {
        for (text, mots) in [
            ("Paris 15", ["paris", "75015"]),
            ("Paris 1er", ["paris", "75001"]),
            ("Lyon 3e", ["lyon", "69003"]),
            ("Lyon 3\u{a0}ème arr.", ["lyon", "69003"]),
            ("Mairie du 8ème arrondissement de Marseille", ["marseille", "13008"]),
        ] {
            assert_eq!(lectures(&fold(text))[0].mots, mots, "{text}");
        }
        for text in ["Paris 21", "Lyon 10", "Paris", "Paris 15 Nord", "Paris 75015", "Toulouse 3", "Paris Lyon 3"] {
            assert_eq!(lectures(&fold(text))[0].mots.join(" "), fold(text), "{text}");
        }
    }

    #[test]
    fn what_people_call_a_type_is_left_out_of_the_last_readings() {
        for (text, mots, genre) in [
            ("Mairie de Toulouse", "toulouse", TypeCollectivite::Commune),
            ("Hôtel de ville d’Albi", "albi", TypeCollectivite::Commune),
            ("Conseil départemental de la Haute-Garonne", "haute garonne", TypeCollectivite::Departement),
            ("Communauté d’agglomération du Grand Dole", "grand dole", TypeCollectivite::CommunauteAgglomeration),
        ] {
            let read = lectures(&fold(text));
            assert_eq!(read[0], Lecture { mots: fold(text).split(' ').map(str::to_owned).collect(), genre: None });
            let last: Vec<_> = read[1..].iter().map(|read| (read.mots.join(" "), read.genre)).collect();
            assert_eq!(last, [(mots.to_owned(), Some(genre)), (mots.to_owned(), None)], "{text}");
        }
        assert_eq!(lectures("toulouse").len(), 1);
        assert_eq!(lectures(""), []);
    }

    #[test]
    fn the_numbers_of_an_arrondissement_and_of_an_establishment_lead_somewhere() {
        assert_eq!(lectures("75115")[1].mots, ["75056"]);
        assert_eq!(lectures("69 383")[1].mots, ["69123"]);
        assert_eq!(lectures("213 105 554 00014")[1].mots, ["213105554"]);
    }
}
