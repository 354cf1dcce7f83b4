//! Secrets held by browsers. The database stores only their hashes.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::clock::Random;

/// A secret of 256 random bits, for a cookie.
pub fn cookie_secret(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A visible identifier: 128 random bits in lower-case hexadecimal.
pub fn public_id(random: &dyn Random) -> String {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    hex(&bytes)
}

/// A hidden address, for tables that never need to read it. It is an HMAC under the secret key, made by
/// [`super::tokens::SecretKey::hide`]. With a plain hash, anyone could test whether a known address is in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdresseCachee(pub(super) String);

impl AdresseCachee {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for AdresseCachee {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

/// The hash stored for a secret. A secret has 256 random bits, so a plain hash is enough.
pub fn at_rest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Decodes hexadecimal digits. `None` when the text has another character, or an odd length.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    #[test]
    fn a_secret_is_not_stored() {
        let secret = cookie_secret(&SystemRandom);
        assert_eq!(secret.len(), 43);
        assert_ne!(at_rest(&secret), secret);
        assert_ne!(cookie_secret(&SystemRandom), secret);
    }

    #[test]
    fn hexadecimal_reads_back() {
        assert_eq!(unhex(&hex(&[0, 255, 16])), Some(vec![0, 255, 16]));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("zz"), None);
        assert_eq!(unhex("é"), None);
    }
}
