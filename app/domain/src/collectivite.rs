use serde::{Deserialize, Serialize};

use super::codes;

codes! {
    /// What kind of employer an entry of the directory is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum TypeCollectivite {
        GeneriqueIntervenants = "GENERIQUE_INTERVENANTS", "Employeur générique";
        Commune = "COMMUNE", "Commune";
        CommunauteAgglomeration = "CA", "Communauté d’agglomération";
        CommunauteCommunes = "CC", "Communauté de communes";
        CommunauteUrbaine = "CU", "Communauté urbaine";
        Metropole = "METRO", "Métropole";
        MetropoleLyon = "MET69", "Métropole de Lyon";
        EtablissementPublicTerritorial = "EPT", "Établissement public territorial";
        Departement = "DEPARTEMENT", "Département";
        Region = "REGION", "Région";
        CollectiviteOutreMer = "COLLECTIVITE_OUTRE_MER", "Collectivité d’outre-mer";
        Ccas = "CCAS", "CCAS";
        Sdis = "SDIS", "SDIS";
        Cdg = "CDG", "Centre de gestion";
        Syndicat = "SYNDICAT", "Syndicat";
    }
}

/// The key of an entry: its type and its code, written `COMMUNE:31555`.
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

    /// One line that tells two entries of the same name apart. For the generic employer the name is enough.
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

/// The contact that a collectivité publishes for its agents. It is never an address that somebody signs in with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactFormation {
    /// As « Direction des ressources humaines, service formation ».
    pub service: String,
    /// Empty if none is known.
    pub courriel: String,
    /// In the form of E.164. Empty if none is known.
    pub telephone: String,
}

/// The form in which names are compared, ordered and searched: lower case, no accents, one space for anything else.
/// « Saint » is written `st`. The database keeps keys made by the form with the Unicode tables. So a change of that
/// form needs a new version on the server, which makes the keys again.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in decomposed(text) {
        match unaccented(c) {
            Some(plain) => folded.push_str(plain),
            None if is_dropped(c) => {}
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

/// Lower case, each letter apart from its accents (NFKD: U+1EC5 « ễ » is an e and two marks).
#[cfg(feature = "unicode")]
fn decomposed(text: &str) -> impl Iterator<Item = char> {
    use unicode_normalization::UnicodeNormalization;
    text.nfkd().flat_map(char::to_lowercase).nfkd()
}

#[cfg(not(feature = "unicode"))]
fn decomposed(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(lower)
}

/// Whether folding drops a character: an accent, or a character that can't be seen. A vowel sign of an Indian script
/// stays: it is a letter of its own and has no combining class.
#[cfg(feature = "unicode")]
fn is_dropped(c: char) -> bool {
    use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
    let accent = is_combining_mark(c) && (canonical_combining_class(c) != 0 || !c.is_alphanumeric());
    // The tatweel only stretches a word.
    accent || c == '\u{640}' || !c.is_control() && crate::valeurs::texte::is_unseen(c)
}

#[cfg(not(feature = "unicode"))]
fn is_dropped(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Knows the letters of French place names only. The tables of every script weigh too much for the browser, which
/// only warns with the result.
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

/// Letters that the Unicode tables do not take apart. Without the tables, the accented Latin letters are listed here.
fn unaccented(c: char) -> Option<&'static str> {
    #[cfg(feature = "unicode")]
    match c {
        'ɓ' => return Some("b"),
        'ɗ' => return Some("d"),
        'ɛ' | 'ə' | 'ǝ' => return Some("e"),
        'ƙ' | 'ĸ' => return Some("k"),
        'ŋ' | 'ɲ' => return Some("n"),
        'ɔ' => return Some("o"),
        'þ' => return Some("th"),
        'ƴ' => return Some("y"),
        'ς' => return Some("σ"),
        // Letters that stand for an apostrophe: N’Diaye, Te’ura.
        '\u{2b9}'..='\u{2bf}' | '\u{2c8}' | '\u{2ca}' | '\u{2cb}' | '\u{a78b}' | '\u{a78c}' => return Some(" "),
        _ => {}
    }
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

    #[cfg(feature = "unicode")]
    #[test]
    fn names_of_every_script_fold_on_their_accents() {
        for (left, right) in [
            ("Nguyễn", "nguyen"),
            ("Đặng", "Dang"),
            ("Ơ Ư", "o u"),
            ("N\u{2bc}Diaye", "N’Diaye"),
            ("Te\u{2bb}ura", "Te’ura"),
            ("Te‘ura", "Te'ura"),
            ("İstanbul ISPARTA", "istanbul isparta"),
            ("Łódź Øster Þór Ħal", "lodz oster thor hal"),
            ("Ɓa Ɗo Ƙe Ŋo Ɔdɛ", "ba do ke no ode"),
            ("Ἀθῆναι", "ΑΘΗΝΑΙ"),
            ("Παπαδόπουλος", "ΠΑΠΑΔΟΠΟΥΛΟΣ"),
            ("Йорданов Ёлкин", "иорданов елкин"),
            ("محمّد", "محمد"),
            ("ＤＵＰＯＮＴ ﬁls", "dupont fils"),
            ("Jean‐Pierre", "jean pierre"),
            ("Du\u{200b}pont", "dupont"),
        ] {
            assert_eq!(fold(left), fold(right));
        }
        assert_ne!(fold("कि"), fold("कु"), "a vowel sign tells two names apart");
        assert!(fold("Éa") < fold("Zed") && fold("Nguyễn") < fold("Nz"));
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
