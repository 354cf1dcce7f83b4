use serde::{Deserialize, Serialize};

/// What kind of employer an entry of the directory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum TypeCollectivite {
    GeneriqueIntervenants,
    Commune,
    CommunauteAgglomeration,
    CommunauteCommunes,
    CommunauteUrbaine,
    Metropole,
    MetropoleLyon,
    EtablissementPublicTerritorial,
    Departement,
    Region,
    CollectiviteOutreMer,
    Ccas,
    Sdis,
    Cdg,
    Syndicat,
}

impl TypeCollectivite {
    pub const ALL: [Self; 15] = [
        Self::GeneriqueIntervenants,
        Self::Commune,
        Self::CommunauteAgglomeration,
        Self::CommunauteCommunes,
        Self::CommunauteUrbaine,
        Self::Metropole,
        Self::MetropoleLyon,
        Self::EtablissementPublicTerritorial,
        Self::Departement,
        Self::Region,
        Self::CollectiviteOutreMer,
        Self::Ccas,
        Self::Sdis,
        Self::Cdg,
        Self::Syndicat,
    ];

    /// The code in the shipped file and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::GeneriqueIntervenants => "GENERIQUE_INTERVENANTS",
            Self::Commune => "COMMUNE",
            Self::CommunauteAgglomeration => "CA",
            Self::CommunauteCommunes => "CC",
            Self::CommunauteUrbaine => "CU",
            Self::Metropole => "METRO",
            Self::MetropoleLyon => "MET69",
            Self::EtablissementPublicTerritorial => "EPT",
            Self::Departement => "DEPARTEMENT",
            Self::Region => "REGION",
            Self::CollectiviteOutreMer => "COLLECTIVITE_OUTRE_MER",
            Self::Ccas => "CCAS",
            Self::Sdis => "SDIS",
            Self::Cdg => "CDG",
            Self::Syndicat => "SYNDICAT",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::GeneriqueIntervenants => "Employeur générique",
            Self::Commune => "Commune",
            Self::CommunauteAgglomeration => "Communauté d’agglomération",
            Self::CommunauteCommunes => "Communauté de communes",
            Self::CommunauteUrbaine => "Communauté urbaine",
            Self::Metropole => "Métropole",
            Self::MetropoleLyon => "Métropole de Lyon",
            Self::EtablissementPublicTerritorial => "Établissement public territorial",
            Self::Departement => "Département",
            Self::Region => "Région",
            Self::CollectiviteOutreMer => "Collectivité d’outre-mer",
            Self::Ccas => "CCAS",
            Self::Sdis => "SDIS",
            Self::Cdg => "Centre de gestion",
            Self::Syndicat => "Syndicat",
        }
    }
}

/// What identifies an entry: its type and its code, written `COMMUNE:31555`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CleCollectivite {
    pub genre: TypeCollectivite,
    pub code: String,
}

impl std::fmt::Display for CleCollectivite {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}", self.genre.code(), self.code)
    }
}

impl CleCollectivite {
    pub fn is_generic(&self) -> bool {
        self.genre == TypeCollectivite::GeneriqueIntervenants
    }

    pub fn parse(raw: &str) -> Option<Self> {
        let (genre, code) = raw.trim().split_once(':')?;
        Some(Self { genre: TypeCollectivite::from_code(genre)?, code: code.to_owned() })
    }
}

/// An entry as it is shown. Names are shared (1,441 commune names are), so type, postal code and département
/// always go with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collectivite {
    pub cle: CleCollectivite,
    pub nom: String,
    /// Empty for a région.
    pub departement: String,
    /// The first postal code, where there is one.
    pub code_postal: String,
}

impl Collectivite {
    pub fn is_generic(&self) -> bool {
        self.cle.is_generic()
    }

    /// One line that tells two entries of the same name apart. The generic employer's name says it all.
    pub fn line(&self) -> String {
        if self.is_generic() {
            return self.nom.clone();
        }
        let place = match (self.code_postal.as_str(), self.departement.as_str()) {
            ("", "") => String::new(),
            ("", departement) => format!(", département {departement}"),
            (code_postal, departement) => format!(", {code_postal}, département {departement}"),
        };
        format!("{} ({}{place})", self.nom, self.cle.genre.label())
    }
}

/// Whom the agents of a collectivité write to: what it publishes, never an address someone logs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFormation {
    /// As « Direction des ressources humaines, service formation ».
    pub service: String,
    /// Empty: none is known.
    pub courriel: String,
    /// In the form of E.164; empty: none is known.
    pub telephone: String,
}

/// Latin letters without their accents, lower case, and every run of anything else as one space: the form in which
/// names are compared and searched. « Saint » is written `st`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(lower) {
        match unaccented(c) {
            Some(plain) => folded.push_str(plain),
            // A combining mark belongs to the letter before it.
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None if c.is_alphanumeric() => folded.push(c),
            None => folded.push(' '),
        }
    }
    let words: Vec<&str> = folded
        .split_whitespace()
        .map(|word| match word {
            "saint" => "st",
            "sainte" => "ste",
            other => other,
        })
        .collect();
    words.join(" ")
}

#[cfg(feature = "unicode")]
fn lower(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase()
}

/// Enough for the names of places in France; the tables of every script weigh too much for the browser, which only
/// warns with it.
#[cfg(not(feature = "unicode"))]
fn lower(c: char) -> impl Iterator<Item = char> {
    Some(match c {
        'Œ' => 'œ',
        'Ÿ' => 'ÿ',
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(c as u32 + 32).unwrap_or(c),
        _ => c,
    })
    .into_iter()
}

fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ĕ' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'ĩ' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ł' | 'ĺ' | 'ļ' | 'ľ' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'ŏ' => "o",
        'ŕ' | 'ř' | 'ŗ' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ŝ' => "s",
        'ţ' | 'ť' | 'ț' | 'ŧ' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'ũ' | 'ŭ' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ž' | 'ż' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_fold_on_accents_case_hyphens_and_saint() {
        for (left, right) in [
            ("Saint-Étienne", "st etienne"),
            ("L'Haÿ-les-Roses", "L’HAY LES ROSES"),
            ("Œuilly", "oeuilly"),
            ("Sainte-Foy", "Ste Foy"),
            ("e\u{301}", "é"),
        ] {
            assert_eq!(fold(left), fold(right));
        }
        assert_ne!(fold("Saintes"), fold("Saint"));
    }

    #[test]
    fn every_type_is_found_by_its_code() {
        for genre in TypeCollectivite::ALL {
            assert_eq!(TypeCollectivite::from_code(genre.code()), Some(genre));
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text: String) {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
