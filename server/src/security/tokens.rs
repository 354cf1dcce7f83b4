//! The token in a mailed link: `kid.id.HMAC-SHA256(key, purpose ‖ id)`. It is computed again for each attempt to send,
//! so a retry has the same link. The database alone does not give it.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

use super::sceaux::Scelleur;
use super::secrets::{AdresseCachee, at_rest, hex, unhex};
use crate::clock::Random;

/// The purpose of a link. A token is valid for one purpose only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    Activation,
    Reinitialisation,
    /// For an address that has only a service formation.
    ReinitialisationService,
    Invitation,
    InvitationServiceFormation,
    Reprise,
    Suivi,
    /// To the new address, to confirm it.
    Adresse,
    /// To the former address, to undo the change.
    AdresseAnnulation,
}

impl Usage {
    pub const ALL: [Self; 9] = [
        Self::Activation,
        Self::Reinitialisation,
        Self::ReinitialisationService,
        Self::Invitation,
        Self::InvitationServiceFormation,
        Self::Reprise,
        Self::Suivi,
        Self::Adresse,
        Self::AdresseAnnulation,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::Reinitialisation => "reinitialisation",
            Self::ReinitialisationService => "reinitialisation_service",
            Self::Invitation => "invitation",
            Self::InvitationServiceFormation => "invitation_service",
            Self::Reprise => "reprise",
            Self::Suivi => "suivi",
            Self::Adresse => "adresse",
            Self::AdresseAnnulation => "adresse_annulation",
        }
    }
}

/// The key that signs every link. If it is lost, all sent links stop working.
#[derive(Clone)]
pub struct SecretKey {
    bytes: [u8; 32],
    kid: String,
}

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("le fichier de clé {0} manque")]
    Missing(String),
    #[error("le fichier de clé {0} ne contient pas 64 chiffres hexadécimaux")]
    Malformed(String),
    #[error("le fichier de clé {path} ne se lit pas ({source})")]
    Io { path: String, source: std::io::Error },
}

impl SecretKey {
    /// Reads the key. If the file is absent and `may_create` is true, makes a key.
    ///
    /// # Errors
    /// When the file is absent and `may_create` is false, or the file cannot be read. When its text is not 64
    /// hexadecimal digits.
    pub fn load_or_create(path: &Path, may_create: bool, random: &dyn Random) -> Result<Self, KeyError> {
        let shown = || path.display().to_string();
        let io = |source| KeyError::Io { path: shown(), source };
        match File::open(path) {
            Ok(mut file) => {
                let mut text = String::new();
                file.read_to_string(&mut text).map_err(io)?;
                let bytes = unhex(text.trim()).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
                bytes.map(Self::from_bytes).ok_or_else(|| KeyError::Malformed(shown()))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && may_create => {
                let mut bytes = [0; 32];
                random.fill(&mut bytes);
                if let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                    std::fs::create_dir_all(parent).map_err(io)?;
                }
                // `create_new` fails if the file exists: two first starts cannot overwrite each other's key.
                let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(io)?;
                file.write_all(format!("{}\n", hex(&bytes)).as_bytes()).map_err(io)?;
                file.sync_all().map_err(io)?;
                Ok(Self::from_bytes(bytes))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(KeyError::Missing(shown())),
            Err(error) => Err(io(error)),
        }
    }

    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let kid = hex(&Sha256::digest([b"kid:".as_slice(), &bytes].concat())[..4]);
        Self { bytes, kid }
    }

    /// The name of the key. It does not reveal the key.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    pub fn token(&self, usage: Usage, id: &str) -> String {
        let mac = self.mac(usage, id).finalize().into_bytes();
        format!("{}.{id}.{}", self.kid, BASE64_URL_SAFE_NO_PAD.encode(mac))
    }

    /// The id in a genuine token of this purpose. The comparison takes constant time.
    pub fn verify(&self, usage: Usage, token: &str) -> Option<String> {
        // Removes what people copy with a link, such as « > », « ) » or « . ».
        let token = token.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_');
        let mut parts = token.split('.');
        let (kid, id, mac) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || kid != self.kid {
            return None;
        }
        let mac = BASE64_URL_SAFE_NO_PAD.decode(mac).ok()?;
        self.mac(usage, id).verify_slice(&mac).ok()?;
        Some(id.to_owned())
    }

    /// Hides an address, or another text under which failures are counted.
    pub fn hide(&self, courriel_cle: &str) -> AdresseCachee {
        AdresseCachee(hex(&self.derive("adresse", courriel_cle)))
    }

    /// Hides an address as the former version of the program did: with a plain hash.
    pub fn former(courriel_cle: &str) -> AdresseCachee {
        AdresseCachee(at_rest(courriel_cle))
    }

    /// Whether `kept` is this address, hidden in the present or the former way.
    pub fn hides(&self, kept: &str, courriel_cle: &str) -> bool {
        [self.hide(courriel_cle), Self::former(courriel_cle)].iter().any(|form| form.as_str() == kept)
    }

    /// Makes the seals of the journal, with a key derived for this only.
    pub fn scelleur(&self) -> Scelleur {
        let mut mac = self.keyed();
        mac.update(b"sceau-du-journal");
        Scelleur::new(mac.finalize().into_bytes().into())
    }

    /// Derives 256 bits for one purpose and one id. The database alone does not give them. `purpose` must contain a
    /// space: no code of [`Usage`] does, so the two never meet.
    pub(crate) fn derive(&self, purpose: &str, id: &str) -> [u8; 32] {
        let mut mac = self.keyed();
        mac.update(format!("dérivé {purpose}").as_bytes());
        mac.update(&[0]);
        mac.update(id.as_bytes());
        mac.finalize().into_bytes().into()
    }

    fn mac(&self, usage: Usage, id: &str) -> Hmac<Sha256> {
        let mut mac = self.keyed();
        mac.update(usage.code().as_bytes());
        mac.update(&[0]);
        mac.update(id.as_bytes());
        mac
    }

    fn keyed(&self) -> Hmac<Sha256> {
        // HMAC pads a short key with zeros up to the block of its hash.
        let mut block = [0; 64];
        block[..self.bytes.len()].copy_from_slice(&self.bytes);
        Hmac::<Sha256>::new(&block.into())
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SecretKey({})", self.kid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRandom;

    #[test]
    fn a_token_is_known_for_its_own_purpose_only() {
        let key = SecretKey::from_bytes([7; 32]);
        let token = key.token(Usage::Activation, "abc");
        assert_eq!(key.token(Usage::Activation, "abc"), token, "a retry carries the same link");
        for usage in Usage::ALL {
            assert_eq!(key.verify(usage, &token).is_some(), usage == Usage::Activation);
        }
        assert_eq!(SecretKey::from_bytes([8; 32]).verify(Usage::Activation, &token), None);
    }

    #[test]
    fn a_token_changed_anywhere_is_unknown() {
        let key = SecretKey::from_bytes([7; 32]);
        let token = key.token(Usage::Activation, "0123");
        for at in 0..token.len() {
            let mut other = token.clone().into_bytes();
            other[at] = if other[at] == b'A' { b'B' } else { b'A' };
            assert_eq!(key.verify(Usage::Activation, &String::from_utf8(other).unwrap()), None, "at {at}");
            assert_eq!(key.verify(Usage::Activation, &token[..at]), None, "cut at {at}");
        }
        assert_eq!(key.verify(Usage::Activation, &format!("{token}.x")), None);
    }

    #[test]
    fn a_link_copied_with_what_follows_it_is_known() {
        let key = SecretKey::from_bytes([7; 32]);
        let token = key.token(Usage::Activation, "0123");
        for after in [".", ">", ")", "»", "\u{a0}»", ">.", "\"", "’", ",", ";", " ", "\r\n", "\u{200b}"] {
            let read = key.verify(Usage::Activation, &format!("{token}{after}"));
            assert_eq!(read.as_deref(), Some("0123"), "{after:?}");
        }
    }

    #[test]
    fn the_key_is_made_once_and_read_only_by_its_owner() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/key");
        assert!(matches!(SecretKey::load_or_create(&path, false, &SystemRandom), Err(KeyError::Missing(_))));
        let made = SecretKey::load_or_create(&path, true, &SystemRandom).unwrap();
        let read = SecretKey::load_or_create(&path, false, &SystemRandom).unwrap();
        assert_eq!(made.bytes, read.bytes);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "short").unwrap();
        assert!(matches!(SecretKey::load_or_create(&path, true, &SystemRandom), Err(KeyError::Malformed(_))));
    }
}
