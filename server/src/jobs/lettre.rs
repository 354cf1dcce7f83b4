//! Writes the text of a queued mail, at the moment when it leaves. The text depends on the present state: whether the
//! address has an account, whether the link is valid, what was decided.

use crate::areas::gestion::{dossiers, equipe};
use crate::areas::{acces, compte, formations, inscription};
use crate::backend::Backend;
use crate::backend::redaction::Redaction;
use crate::error::BackendError;
use crate::mail::Courrier;
use crate::persistence::entities::courriel;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparee {
    /// The key of an address: ASCII, lower case.
    pub destinataire: String,
    pub courrier: Courrier,
}

/// The letter of a queued mail. `None` when there is nothing left to say, or no recipient.
pub async fn prepare(backend: &Backend, row: &courriel::Model) -> Result<Option<Preparee>, BackendError> {
    let mail = Redaction::new(backend, row).await?;
    let genre = &mail.genre;
    let lettre = if acces::mails::GENRES.contains(genre) {
        acces::mails::write(&mail).await?
    } else if inscription::mails::GENRES.contains(genre) {
        inscription::mails::write(&mail).await?
    } else if compte::mails::GENRES.contains(genre) {
        compte::mails::write(&mail).await?
    } else if dossiers::mails::GENRES.contains(genre) {
        dossiers::mails::write(&mail).await?
    } else if equipe::mails::GENRES.contains(genre) {
        equipe::mails::write(&mail).await?
    } else if formations::mails::GENRES.contains(genre) {
        formations::mails::write(&mail).await?
    } else {
        None
    };
    Ok(lettre
        // If the address was corrected since, the mail is not sent to the former one. The new address has its own mail.
        .filter(|(cle, _)| backend.hides(&row.destinataire_cle, cle))
        .map(|(destinataire, courrier)| Preparee { destinataire, courrier }))
}

#[cfg(test)]
mod instantanes;
#[cfg(test)]
mod textes;

/// Every mail, with invented words.
#[cfg(test)]
fn every_mail(mots: crate::mail::exemples::Mots<'_>) -> Vec<crate::mail::exemples::Exemple> {
    [
        acces::mails::exemples(mots),
        inscription::mails::exemples(mots),
        compte::mails::exemples(mots),
        dossiers::mails::exemples(mots),
        equipe::mails::exemples(mots),
        formations::mails::exemples(mots),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::persistence::courriels::Genre;

    #[test]
    fn one_area_writes_each_kind_of_mail() {
        let areas = [
            acces::mails::GENRES,
            inscription::mails::GENRES,
            compte::mails::GENRES,
            dossiers::mails::GENRES,
            equipe::mails::GENRES,
            formations::mails::GENRES,
        ];
        for genre in Genre::ALL {
            let writers = areas.iter().filter(|area| area.contains(&genre)).count();
            assert_eq!(writers, 1, "{genre:?}");
        }
    }
}
