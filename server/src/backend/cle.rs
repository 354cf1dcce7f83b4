//! Checks whether the database was written with the configured secret key.

use super::Backend;
use crate::error::BackendError;
use crate::persistence::engine::Db;
use crate::persistence::journal::{self, Acteur, Action};
use crate::persistence::{facteurs, jetons, sceaux};

/// How the configured key relates to the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cle {
    /// This key made the first and the last seal. If there is no seal, it made the newest link.
    Bonne,
    /// This key made only one end of the chain.
    Partielle,
    /// Another key made the seals or the link.
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
        let first = sceaux::chain(db, 0, 1).await?.into_iter().next();
        let head = sceaux::head(db).await?;
        if first.is_some() || head.as_ref().is_none_or(|head| head.rang > 0) {
            let begins = matches!(&first, Some((seal, Some(line))) if scelleur.seal("", 1, line) == seal.mac);
            let ends = match &head {
                Some(head) => sceaux::ends_with(db, &scelleur, head).await?,
                None => false,
            };
            return Ok(match (begins, ends) {
                (true, true) => Cle::Bonne,
                (false, false) => Cle::Autre,
                _ => Cle::Partielle,
            });
        }
        Ok(match jetons::newest_kid(db).await? {
            None => Cle::Inconnue,
            Some(kid) if kid == self.key.kid() => Cle::Bonne,
            Some(_) => Cle::Autre,
        })
    }
    /// Takes this key as the database's key: seals the whole journal again. Returns how many lines were sealed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn adopt_key(&self) -> Result<u64, BackendError> {
        let write = self.db.begin().await?;
        sceaux::head_locked(&*write).await?;
        sceaux::forget_all(&*write).await?;
        journal::write(&*write, self.now(), Acteur::LigneDeCommande, None, Action::CleAdoptee, &[]).await?;
        write.commit().await?;
        self.seal_journal().await
    }
}

/// Whether no key was ever used with this database: it has no seal, no link and no second factor.
///
/// # Errors
/// When the database does not answer.
pub async fn is_without_key(db: &Db) -> Result<bool, BackendError> {
    let db = db.connection();
    let unsealed = sceaux::head(db).await?.is_some_and(|head| head.rang == 0 && head.mac.is_empty())
        && sceaux::at(db, 1).await?.is_none();
    Ok(unsealed && jetons::newest_kid(db).await?.is_none() && facteurs::with_another_key(db, "").await? == 0)
}
