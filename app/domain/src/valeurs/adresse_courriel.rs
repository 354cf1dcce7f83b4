use std::fmt;

use super::texte;
use crate::Cas;
use crate::onglet::{Contexte, FieldError, Kind, Read};

mod suggestion;

/// An address of mail: shown as typed, compared and written to by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdresseCourriel {
    typed: String,
    cle: String,
}

/// RFC 5321, 4.5.3.1.3: a path has 256 octets, angle brackets included.
const MAX: usize = 254;
/// RFC 5321, 4.5.3.1.1.
const MAX_LOCAL: usize = 64;
/// RFC 1035, 2.3.4.
const MAX_LABEL: usize = 63;

const INVALID: FieldError = FieldError::Invalid("Saisissez une adresse complète, par exemple nom@exemple.fr.");

impl AdresseCourriel {
    /// Reads an address that is no field of a form. No rule of an address depends on the case or on the day.
    pub fn parse(raw: &str) -> Option<Self> {
        Self::read(raw, &Contexte::on(Cas::Personnel, (0, 0, 0))).ok()
    }

    /// The key that identifies the address: lower case, its domain in ASCII (IDNA).
    pub fn cle(&self) -> &str {
        &self.cle
    }

    /// `j•••@exemple.fr`: enough to recognise one's own address, too little to learn another's.
    pub fn masked(&self) -> String {
        let (local, domain) = self.typed.rsplit_once('@').unwrap_or((&self.typed, ""));
        let first: String = local.chars().take(1).collect();
        format!("{first}•••@{domain}")
    }

    /// The address the person may have meant, when its domain is one or two slips away from a common one.
    pub fn suggestion(raw: &str) -> Option<String> {
        suggestion::suggestion(raw)
    }
}

impl Read for AdresseCourriel {
    fn kind(_: &Contexte) -> Kind {
        Kind::Email
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        // An apostrophe of an address is the plain one.
        let ascii_sign = |c: char| match texte::plain(c) {
            '’' if c != '`' => '\'',
            plain if c != '`' => plain,
            _ => c,
        };
        let typed: String = alone(texte::seen(raw)?).ok_or(INVALID)?.chars().map(ascii_sign).collect();
        let (local, domain) = typed.rsplit_once('@').ok_or(INVALID)?;
        let domain = ascii(domain).ok_or(INVALID)?;
        if !is_local(local) || !is_domain(&domain) {
            return Err(INVALID);
        }
        let cle = format!("{}@{domain}", local.to_ascii_lowercase());
        if cle.is_ascii() && cle.len() > MAX {
            return Err(FieldError::TooLong { max: MAX });
        }
        Ok(Self { typed, cle })
    }

    fn shown(&self) -> Option<String> {
        Some(self.typed.clone())
    }
}

impl fmt::Display for AdresseCourriel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.typed)
    }
}

/// The address alone, out of a copied text: « Jean <jean@exemple.fr> », « mailto:jean@exemple.fr »,
/// « jean@exemple.fr; ».
fn alone(text: &str) -> Option<&str> {
    let text = match text.split_once('<') {
        Some((_, rest)) => rest.trim_end_matches([';', ',', '.', ' ']).strip_suffix('>')?,
        None => text,
    };
    let around = |c: char| c.is_whitespace() || "<>()[]«»“”\";,:.".contains(c);
    let text = text.trim_end_matches(around).trim_start_matches(|c: char| c != '.' && around(c));
    // A link to an address, with or without a subject.
    Some(match text.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => text[7..].split('?').next().unwrap_or_default(),
        _ => text,
    })
}

/// The dot-atom of RFC 5322, 3.2.3: no quoted part, no comment.
fn is_local(local: &str) -> bool {
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= MAX_LOCAL && local.split('.').all(|part| !part.is_empty() && part.bytes().all(atom))
}

/// A domain name with a dot. No top-level domain is made of digits, so an address in figures is refused.
fn is_domain(domain: &str) -> bool {
    if !cfg!(feature = "unicode") && !domain.is_ascii() {
        return domain.chars().all(|c| !c.is_whitespace());
    }
    let figures = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let label = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && label.bytes().all(figures)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let last = domain.rsplit('.').next().unwrap_or_default();
    domain.contains('.') && domain.split('.').all(label) && !last.bytes().all(|byte| byte.is_ascii_digit())
}

/// The domain as machines write it.
#[cfg(feature = "unicode")]
fn ascii(domain: &str) -> Option<String> {
    if domain.is_ascii() && !domain.to_ascii_lowercase().contains("xn--") {
        return Some(domain.to_ascii_lowercase());
    }
    idna::domain_to_ascii_strict(domain).ok()
}

#[cfg(not(feature = "unicode"))]
#[expect(clippy::unnecessary_wraps, reason = "the twin with the tables can fail")]
fn ascii(domain: &str) -> Option<String> {
    // Without the Unicode tables, every letter outside ASCII counts as the same one. So the browser never finds two
    // domains different that the server finds equal.
    let letter = |c: char| if c.is_ascii() || c.is_whitespace() { c.to_ascii_lowercase() } else { 'é' };
    Some(domain.chars().map(letter).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Cas;
    use crate::valeurs::proprietes::{UNSEEN, accepts, contexte, proprietes, refuses, texts};

    fn read(raw: &str) -> AdresseCourriel {
        AdresseCourriel::read(raw, &contexte(Cas::Personnel)).unwrap()
    }

    #[test]
    fn an_address_is_shown_as_typed() {
        accepts::<AdresseCourriel>(&[
            ("Jean.Dupont@Exemple.fr", "Jean.Dupont@Exemple.fr"),
            (" jean@exemple.fr\n", "jean@exemple.fr"),
            ("mailto:jean@exemple.fr", "jean@exemple.fr"),
            ("MAILTO:jean@exemple.fr?subject=Bonjour", "jean@exemple.fr"),
            ("Jean <jean@exemple.fr>", "jean@exemple.fr"),
            ("Dupont, Jean <jean@exemple.fr>;", "jean@exemple.fr"),
            ("<mailto:jean@exemple.fr>", "jean@exemple.fr"),
            ("jean@exemple.fr;", "jean@exemple.fr"),
            ("jean@exemple.fr.", "jean@exemple.fr"),
            ("(jean@exemple.fr),", "jean@exemple.fr"),
            ("«\u{a0}jean@exemple.fr\u{a0}»", "jean@exemple.fr"),
            ("\u{feff}jean@exemple.fr\u{200b}", "jean@exemple.fr"),
            ("jean‑pierre@ville–exemple.fr", "jean-pierre@ville-exemple.fr"),
            ("o’neil@exemple.fr", "o'neil@exemple.fr"),
            ("o`neil@exemple.fr", "o`neil@exemple.fr"),
            ("jean+iel@mairie.exemple.fr", "jean+iel@mairie.exemple.fr"),
            ("o'neil_{x}@a-b.co", "o'neil_{x}@a-b.co"),
            ("1@2.fr", "1@2.fr"),
        ]);
    }

    #[test]
    fn an_incomplete_address_is_refused() {
        let long_local = format!("{}@exemple.fr", "a".repeat(65));
        let long_label = format!("a@{}.fr", "b".repeat(64));
        refuses::<AdresseCourriel>(
            "Saisissez une adresse complète, par exemple nom@exemple.fr.",
            &[
                "jean",
                "jean@",
                "@exemple.fr",
                "jean@exemple",
                "jean@exemple.;",
                "Jean <jean>",
                "Jean <jean@exemple.fr",
                "Jean <jean@exemple.fr>, Luc <luc@exemple.fr>",
                "<jean@exemple.fr> Jean",
                "mailto:",
                "<>",
                "jean@.fr",
                "jean@exemple..fr",
                "jean dupont@exemple.fr",
                "jean@exem ple.fr",
                "jean@dupont@exemple.fr",
                ".jean@exemple.fr",
                "jean.@exemple.fr",
                "je..an@exemple.fr",
                "\"jean dupont\"@exemple.fr",
                "jean@[192.0.2.1]",
                "jean@[192.0.2.1];",
                "jean@192.0.2.1",
                "jean@-exemple.fr",
                "jean@exemple-.fr",
                "jean@exem_ple.fr",
                "jean@exemple.fr, luc@exemple.fr",
                "jéan@exemple.fr",
                &long_local,
                &long_label,
            ],
        );
        refuses::<AdresseCourriel>(UNSEEN, &["jean@exemple.fr\r\nBcc: luc@exemple.fr", "je\u{200b}an@exemple.fr"]);
        let labels = vec!["b".repeat(60); 5].join(".");
        refuses::<AdresseCourriel>("Ce texte dépasse 254 caractères : abrégez-le.", &[&format!("a@{labels}.fr")]);
    }

    #[test]
    fn two_spellings_of_an_address_have_one_key() {
        for (left, right) in [("Jean.Dupont@Exemple.FR", "jean.dupont@exemple.fr"), (" a@b.fr", "a@b.fr")] {
            assert_eq!(read(left).cle(), read(right).cle());
        }
        // Dots and tags make other addresses: only the provider knows better.
        assert_ne!(read("jean.dupont@gmail.com").cle(), read("jeandupont@gmail.com").cle());
        assert_ne!(read("jean+a@exemple.fr").cle(), read("jean@exemple.fr").cle());
    }

    #[cfg(feature = "unicode")]
    #[test]
    fn a_domain_with_accents_is_kept_in_ascii_in_the_key() {
        assert_eq!(read("jean@ÉCOLE.fr").cle(), "jean@xn--cole-9oa.fr");
        assert_eq!(read("jean@e\u{301}cole.fr").cle(), "jean@xn--cole-9oa.fr");
        assert_eq!(read("jean@xn--cole-9oa.fr").cle(), "jean@xn--cole-9oa.fr");
        assert_eq!(read("jean@école.fr").to_string(), "jean@école.fr");
        refuses::<AdresseCourriel>(
            "Saisissez une adresse complète, par exemple nom@exemple.fr.",
            &["jean@xn--a.fr", "jean@é cole.fr", "jean@école", "jean@٣.٤"],
        );
    }

    #[test]
    fn a_masked_address_shows_one_letter_and_the_domain() {
        assert_eq!(read("jean.dupont@exemple.fr").masked(), "j•••@exemple.fr");
        assert_eq!(read("j@exemple.fr").masked(), "j•••@exemple.fr");
    }

    proprietes!(AdresseCourriel, ["jean.dupont+iel@mairie-exemple.fr", "a@xn--cole-9oa.fr", "JEAN@école.fr", "a@b.co"]);

    proptest! {
        #[test]
        fn a_key_is_an_address_and_its_own_key(raw in texts(&["Jean.Dupont@Exemple.fr", "jean@École.fr"])) {
            if let Ok(courriel) = AdresseCourriel::read(&raw, &contexte(Cas::Personnel)) {
                let again = read(courriel.cle());
                prop_assert_eq!(again.cle(), courriel.cle());
                #[cfg(feature = "unicode")]
                prop_assert!(courriel.cle().is_ascii());
            }
        }
    }
}
