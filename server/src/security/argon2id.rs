//! argon2id with memory that is kept from one password to the next. Otherwise each thread would allocate and free 19
//! MiB, and the allocator would keep them for each thread. That is hundreds of megabytes after a few thousand logins.

use std::sync::{Mutex, PoisonError};

use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::password_hash::{Error, try_generate_salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

/// OWASP's minimum for argon2id: 19 MiB, 2 passes, 1 lane.
pub const MEMORY_KIB: u32 = 19_456;
pub const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Keeps as many blocks of memory as were ever used at once. The caller limits this number.
#[derive(Default)]
pub struct Argon2id {
    kept: Mutex<Vec<Vec<Block>>>,
}

impl Argon2id {
    /// Hashes a password with today's parameters and a new salt, in the PHC format.
    ///
    /// # Errors
    /// When there is no randomness, or argon2 refuses its parameters.
    pub fn hash(&self, password: &str) -> Result<String, Error> {
        let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
        let salt = try_generate_salt().map_err(|_| Error::Internal)?;
        let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
        let output = self.output(&Argon2::new(algorithm, version, params.clone()), password, &salt)?;
        let hash = PasswordHash {
            algorithm: algorithm.ident(),
            version: Some(version.into()),
            params: (&params).try_into()?,
            salt: Some(Salt::new(&salt)?),
            hash: Some(output),
        };
        Ok(hash.to_string())
    }

    /// Whether a hash was made from this password, with the parameters that the hash names.
    pub fn is_of(&self, password: &str, stored: &str) -> bool {
        let computed = || {
            let hash = PasswordHash::new(stored).ok()?;
            let algorithm = Algorithm::try_from(hash.algorithm.as_str()).ok()?;
            let version = hash.version.map(Version::try_from).transpose().ok()?.unwrap_or_default();
            let argon2 = Argon2::new(algorithm, version, Params::try_from(&hash).ok()?);
            let output = self.output(&argon2, password, hash.salt.as_deref()?).ok()?;
            // `Output` compares in constant time.
            Some(output == hash.hash?)
        };
        computed().unwrap_or(false)
    }

    fn output(&self, argon2: &Argon2<'_>, password: &str, salt: &[u8]) -> Result<Output, Error> {
        let mut memory = self.kept.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let blocks = argon2.params().block_count();
        if memory.len() < blocks {
            memory.resize(blocks, Block::default());
        }
        let mut out = [0; Output::MAX_LENGTH];
        let length = argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let out = out.get_mut(..length).ok_or(Error::OutputSize)?;
        let done = argon2.hash_password_into_with_memory(password.as_bytes(), salt, out, &mut memory[..blocks]);
        // Memory larger than today's parameters need is not kept: an old hash asked for it.
        if blocks <= MEMORY_KIB as usize {
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        }
        done?;
        Ok(Output::new(out)?)
    }
}

#[cfg(test)]
mod tests {
    use argon2::{PasswordHasher, PasswordVerifier};

    use super::*;

    #[test]
    fn what_the_library_makes_is_known_here_and_the_other_way_round() {
        let ours = Argon2id::default();
        let hash = ours.hash("neuf lanternes violettes").unwrap();
        let theirs = Argon2::default();
        assert!(theirs.verify_password(b"neuf lanternes violettes", hash.as_str()).is_ok());
        assert!(theirs.verify_password(b"autre", hash.as_str()).is_err());
        for params in [Params::new(64, 1, 1, None), Params::new(32_768, 1, 2, Some(48))] {
            let other = Argon2::new(Algorithm::Argon2i, Version::V0x10, params.unwrap());
            let hash = other.hash_password(b"sept clarinettes").unwrap().to_string();
            assert!(ours.is_of("sept clarinettes", &hash), "{hash}");
            assert!(!ours.is_of("huit clarinettes", &hash), "{hash}");
        }
        for broken in
            ["", "$", "$argon2id$v=19$m=19456,t=2,p=1", "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA"]
        {
            assert!(!ours.is_of("", broken), "{broken}");
        }
    }

    #[test]
    fn a_memory_serves_again() {
        let argon2id = Argon2id::default();
        let hash = argon2id.hash("un").unwrap();
        let first = argon2id.kept.lock().unwrap()[0].as_ptr().addr();
        assert!(argon2id.is_of("un", &hash) && !argon2id.is_of("deux", &hash));
        std::thread::spawn(move || {
            assert!(argon2id.is_of("un", &hash));
            let kept = argon2id.kept.lock().unwrap();
            assert_eq!((kept.len(), kept[0].as_ptr().addr()), (1, first));
        })
        .join()
        .unwrap();
    }
}
