//! The seal of a line of the journal: an HMAC over the line, its rank and the seal before. Its key is derived from the
//! secret key, which is not in the database. So nobody can make a seal with the database alone.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::secrets::hex;
use crate::persistence::entities::journal;

/// Makes and compares seals.
#[derive(Clone)]
pub struct Scelleur {
    key: [u8; 32],
}

impl Scelleur {
    /// `key` serves this purpose only.
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// The seal of a line at its rank, after the seal of the rank before.
    pub fn seal(&self, before: &str, rang: i64, line: &journal::Model) -> String {
        let journal::Model { id, le, acteur, compte_id, action, champs } = line;
        let compte = compte_id.map(|id| id.to_string()).unwrap_or_default();
        let parts =
            ["ligne", before, &rang.to_string(), &id.to_string(), &le.to_string(), acteur, &compte, action, champs];
        self.mac(&parts)
    }

    /// The seal of the head of the chain. Without it, somebody could remove the last lines with their seals, and the
    /// chain would look whole.
    pub fn end(&self, rang: i64, last: &str) -> String {
        self.mac(&["fin", &rang.to_string(), last])
    }

    /// Each part is preceded by its length, so two different lists never give the same bytes.
    fn mac(&self, parts: &[&str]) -> String {
        let mut block = [0; 64];
        block[..self.key.len()].copy_from_slice(&self.key);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        hex(&mac.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_line_counts() {
        let scelleur = Scelleur::new([1; 32]);
        let line = journal::Model {
            id: 1,
            le: 2,
            acteur: "personne".to_owned(),
            compte_id: Some(3),
            action: "envoi".to_owned(),
            champs: "nom prenom".to_owned(),
        };
        let seal = scelleur.seal("avant", 1, &line);
        assert_eq!(scelleur.seal("avant", 1, &line), seal);
        let changed = [
            journal::Model { id: 2, ..line.clone() },
            journal::Model { le: 3, ..line.clone() },
            journal::Model { acteur: "systeme".to_owned(), ..line.clone() },
            journal::Model { compte_id: None, ..line.clone() },
            journal::Model { action: "refus".to_owned(), ..line.clone() },
            journal::Model { champs: "nom".to_owned(), ..line.clone() },
            // The border between two parts changes the seal.
            journal::Model { action: "envoin".to_owned(), champs: "om prenom".to_owned(), ..line.clone() },
        ];
        for other in &changed {
            assert_ne!(scelleur.seal("avant", 1, other), seal, "{other:?}");
        }
        assert_ne!(scelleur.seal("avant", 2, &line), seal);
        assert_ne!(scelleur.seal("autre", 1, &line), seal);
        assert_ne!(Scelleur::new([2; 32]).seal("avant", 1, &line), seal);
        assert_ne!(scelleur.end(1, &seal), scelleur.end(2, &seal));
    }
}
