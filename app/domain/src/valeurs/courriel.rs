use std::fmt;

use super::texte;
use crate::onglet::{Contexte, FieldError, Kind, Read};

mod suggestion;

/// An address of mail: shown as typed, compared and written to by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Courriel {
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

impl Courriel {
    /// What identifies the address: lower case, its domain in ASCII (IDNA).
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

impl Read for Courriel {
    fn kind(_: &Contexte) -> Kind {
        Kind::Email
    }

    fn read(raw: &str, _: &Contexte) -> Result<Self, FieldError> {
        let typed = raw.trim();
        if typed.chars().any(texte::is_unseen) {
            return Err(FieldError::Control);
        }
        let (local, domain) = typed.rsplit_once('@').ok_or(INVALID)?;
        let domain = ascii(domain).ok_or(INVALID)?;
        if !is_local(local) || !is_domain(&domain) {
            return Err(INVALID);
        }
        let cle = format!("{}@{domain}", local.to_ascii_lowercase());
        if cle.is_ascii() && cle.len() > MAX {
            return Err(FieldError::TooLong { max: MAX });
        }
        Ok(Self { typed: typed.to_owned(), cle })
    }
}

impl fmt::Display for Courriel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.typed)
    }
}

/// The dot-atom of RFC 5322, 3.2.3: no quoted part, no comment.
fn is_local(local: &str) -> bool {
    let atom = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    local.len() <= MAX_LOCAL && local.split('.').all(|part| !part.is_empty() && part.bytes().all(atom))
}

/// A name with a dot, and no address in figures: no top-level domain is made of digits.
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
    Some(domain.to_lowercase())
}
