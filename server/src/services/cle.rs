//! Whether the secret key is the one a database was written with.

use super::Backend;
use crate::error::BackendError;
use crate::persistence::{jetons, sceaux};

/// What the database says of the configured key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cle {
    /// It made the seals of the journal or, without one, the newest link.
    Bonne,
    /// Another key made them.
    Autre,
    /// There is neither a seal nor a link yet.
    Inconnue,
}

impl Backend {
    /// # Errors
    /// When the database does not answer.
    pub async fn key_of_database(&self) -> Result<Cle, BackendError> {
        let db = self.db.connection();
        let scelleur = self.key.scelleur();
        // The first seal answers as well as the last, when somebody changed the end of the chain.
        let first = sceaux::chain(db, 0, 1).await?.into_iter().next();
        if let Some(head) = sceaux::head(db).await?.filter(|head| head.rang > 0) {
            let last = sceaux::at(db, head.rang).await?.map(|seal| seal.mac).unwrap_or_default();
            let ends = scelleur.end(head.rang, &last) == head.mac;
            let begins = matches!(&first, Some((seal, Some(line))) if scelleur.seal("", 1, line) == seal.mac);
            return Ok(if ends || begins { Cle::Bonne } else { Cle::Autre });
        }
        Ok(match jetons::newest_kid(db).await? {
            None => Cle::Inconnue,
            Some(kid) if kid == self.key.kid() => Cle::Bonne,
            Some(_) => Cle::Autre,
        })
    }
}
