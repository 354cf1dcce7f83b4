//! The fate of the mails to a person, read from the outbox.

use domain::courriel::{CourrielSuivi, SortCourriel};
use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels;
use crate::persistence::courriels::{Etat, Genre};
use crate::persistence::entities::courriel;

impl Backend {
    /// The mails to the person of an account, newest first. Mails to former addresses are included.
    ///
    /// # Errors
    /// When the database does not answer, or holds a state that this program does not know.
    pub async fn courriels_suivis(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
    ) -> Result<Vec<CourrielSuivi>, BackendError> {
        courriels::to_person(db, compte_id).await?.iter().map(suivi).collect()
    }

    /// The newest activation mail: after a corrected address, the mail to the new one. The reminder is left out,
    /// because anyone who typed the address sees this. An address with an account gets no reminder, so its absence
    /// would reveal the account.
    pub(crate) async fn activation_suivie(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
    ) -> Result<Option<CourrielSuivi>, BackendError> {
        let rows = courriels::to_person(db, compte_id).await?;
        rows.iter().find(|row| row.genre == Genre::Activation.code()).map(suivi).transpose()
    }
}

fn suivi(row: &courriel::Model) -> Result<CourrielSuivi, BackendError> {
    // A newer version of the program may send mails that this one does not know.
    let quoi = Genre::from_code(&row.genre).map_or("Courriel", Genre::label);
    let etat = Etat::from_code(&row.etat).ok_or(BackendError::Corrupt { table: "courriel", column: "etat" })?;
    let sort = match etat {
        Etat::Queued if row.derniere_erreur.is_some() => SortCourriel::Differe,
        Etat::Queued | Etat::Moot => SortCourriel::EnCours,
        Etat::Sent => SortCourriel::Remis,
        Etat::Dead => SortCourriel::Refuse,
    };
    Ok(CourrielSuivi { quoi: quoi.to_owned(), le: row.envoye_le.unwrap_or(row.cree_le), sort })
}
