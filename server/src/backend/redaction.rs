//! A queued mail that is about to leave: what its area needs to write it.

use domain::exploitant::Exploitant;
use domain::instant::Millis;
use sea_orm::DatabaseConnection;

use super::Backend;
use crate::clock::{HOUR, MINUTE};
use crate::error::BackendError;
use crate::mail::Courrier;
use crate::persistence::courriels::Genre;
use crate::persistence::entities::{compte, courriel, jeton};
use crate::persistence::{comptes, jetons};
use crate::security::tokens::Usage;

/// The key of an address (ASCII, lower case), and what the mail says.
pub type Lettre = (String, Courrier);

pub struct Redaction<'a> {
    pub backend: &'a Backend,
    pub genre: Genre,
    pub row: &'a courriel::Model,
    /// The account of the mail, if it has one that still exists.
    pub compte: Option<compte::Model>,
}

impl<'a> Redaction<'a> {
    pub async fn new(backend: &'a Backend, row: &'a courriel::Model) -> Result<Self, BackendError> {
        let genre = Genre::from_code(&row.genre).ok_or(BackendError::Corrupt { table: "courriel", column: "genre" })?;
        let compte = match row.compte_id {
            Some(id) => comptes::find(backend.db.connection(), id).await?,
            None => None,
        };
        Ok(Self { backend, genre, row, compte })
    }

    pub fn db(&self) -> &DatabaseConnection {
        self.backend.db.connection()
    }

    /// The record of the link that the mail carries.
    pub async fn jeton(&self) -> Result<Option<jeton::Model>, BackendError> {
        match &self.row.jeton_id {
            Some(id) => jetons::find(self.db(), id).await,
            None => Ok(None),
        }
    }

    /// The link of the mail, computed again from its row. `None` when the link was used, revoked or waited too long.
    pub async fn living_link(&self, usage: Usage) -> Result<Option<String>, BackendError> {
        let Some(jeton) = self.jeton().await? else { return Ok(None) };
        let (validity, now) = (self.backend.validity(usage), self.backend.now());
        let lives = jetons::etat(&jeton, validity, now) == jetons::Etat::Vivant;
        Ok(lives.then(|| self.backend.link(usage, &jeton.id)))
    }

    /// How long a link is valid.
    pub fn minutes(&self, usage: Usage) -> u32 {
        self.validity_in(usage, MINUTE)
    }

    pub fn hours(&self, usage: Usage) -> u32 {
        self.validity_in(usage, HOUR)
    }

    fn validity_in(&self, usage: Usage, unit: Millis) -> u32 {
        u32::try_from(self.backend.validity(usage) / unit).unwrap_or(0)
    }
}

/// The service in charge, as CRPA R112-11-1 asks for it: name, address, mail and telephone.
pub fn service(exploitant: &Exploitant) -> Option<String> {
    let lines = [&exploitant.nom, &exploitant.adresse, &exploitant.courriel, &exploitant.telephone];
    let lines: Vec<&str> = lines.into_iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    (!lines.is_empty()).then(|| format!("Le service chargé de votre demande est\u{a0}:\n{}", lines.join("\n")))
}
