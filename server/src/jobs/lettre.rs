//! What a queued mail says, decided when it goes: whether the address has an account already, whether the link still
//! lives, what was decided.

use domain::Reference;
use domain::compte::Statut;
use domain::ports::Millis;

use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::entities::{compte, courriel, gestionnaire};
use crate::persistence::{comptes, gestionnaires, jetons, motifs};
use crate::security::secrets::at_rest;
use crate::security::tokens::Usage;
use crate::services::Backend;

/// A mail's words still to be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lettre {
    Activation { prenom: String, reference: Reference, employeur: String, lien: String },
    DejaCompte { prenom: String, lien: String },
    Recu { prenom: String, reference: Reference, recue_le: Millis, lien: String },
    AValider { nom: String, lien: String },
    Valide { prenom: String, reference: Reference, lien: String },
    Refuse { prenom: String, reference: Reference, motif: String, message: String, lien: String },
    Reinitialisation { prenom: String, lien: String },
    MotDePasseChange { prenom: String, lien: String },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparee {
    pub destinataire: String,
    pub lettre: Lettre,
}

/// A link to a new password is worth nothing once its person has given up waiting.
const RESET_DROPPED_AFTER: Millis = 2 * HOUR;

/// `None` when there is nothing left to say, or nobody to say it to.
pub async fn prepare(backend: &Backend, row: &courriel::Model) -> Result<Option<Preparee>, BackendError> {
    let genre = Genre::from_code(&row.genre).ok_or(BackendError::Corrupt { table: "courriel", column: "genre" })?;
    let db = backend.db.connection();
    let compte = match row.compte_id {
        Some(id) => comptes::find(db, id).await?,
        None => None,
    };
    let prepared = match (genre, row.gestionnaire_id) {
        (Genre::AValider, Some(id)) => {
            let gestionnaire = gestionnaires::find(db, id).await?.filter(|row| row.desactive_le.is_none());
            gestionnaire.zip(compte).and_then(|(gestionnaire, compte)| a_valider(backend, gestionnaire, &compte))
        }
        _ => match compte {
            Some(compte) => for_person(backend, genre, row, &compte)
                .await?
                .map(|lettre| (compte.courriel, compte.courriel_cle, lettre)),
            None => None,
        },
    };
    Ok(prepared
        // The address was corrected since: the former one gets nothing more, and the new one has its own mail.
        .filter(|(_, cle, _)| at_rest(cle) == row.destinataire_cle)
        .map(|(destinataire, _, lettre)| Preparee { destinataire, lettre }))
}

/// Never for an empty queue: someone may have decided meanwhile.
fn a_valider(
    backend: &Backend,
    gestionnaire: gestionnaire::Model,
    compte: &compte::Model,
) -> Option<(String, String, Lettre)> {
    (compte.statut == Statut::AValider.code()).then(|| {
        let lettre =
            Lettre::AValider { nom: gestionnaire.nom, lien: backend.url(&format!("/gestion/demandes/{}", compte.id)) };
        (gestionnaire.courriel, gestionnaire.courriel_cle, lettre)
    })
}

async fn for_person(
    backend: &Backend,
    genre: Genre,
    row: &courriel::Model,
    compte: &compte::Model,
) -> Result<Option<Lettre>, BackendError> {
    let db = backend.db.connection();
    let statut = comptes::statut(compte)?;
    let reference = comptes::reference(compte)?;
    let prenom = compte.prenom.clone();
    let mon_compte = || backend.url("/mon-compte");
    Ok(match genre {
        Genre::Activation if statut != Statut::EnAttenteActivation => None,
        Genre::Activation if comptes::holder(db, &compte.courriel_cle).await?.is_some() => {
            Some(Lettre::DejaCompte { prenom, lien: backend.url("/") })
        }
        Genre::Activation => {
            let employeur = backend.employeur(db, compte).await?;
            let lien = living_link(backend, Usage::Activation, row).await?;
            lien.map(|lien| Lettre::Activation { prenom, reference, employeur, lien })
        }
        Genre::Recu => {
            let recue_le = compte.activee_le.unwrap_or(compte.envoyee_le);
            Some(Lettre::Recu { prenom, reference, recue_le, lien: mon_compte() })
        }
        Genre::Valide => (statut == Statut::Actif).then(|| Lettre::Valide { prenom, reference, lien: mon_compte() }),
        Genre::Refuse if statut == Statut::Refuse => {
            let motif = match compte.motif_id {
                Some(id) => motifs::find(db, id).await?.map(|motif| motif.texte),
                None => None,
            };
            let message = compte.message.clone().unwrap_or_default();
            let motif = motif.unwrap_or_default();
            Some(Lettre::Refuse { prenom, reference, motif, message, lien: mon_compte() })
        }
        Genre::Reinitialisation if backend.clock.now() - row.cree_le < RESET_DROPPED_AFTER => {
            let lien = living_link(backend, Usage::Reinitialisation, row).await?;
            lien.map(|lien| Lettre::Reinitialisation { prenom, lien })
        }
        Genre::MotDePasseChange => Some(Lettre::MotDePasseChange { prenom, lien: backend.url("/mot-de-passe-perdu") }),
        Genre::Refuse | Genre::Reinitialisation | Genre::AValider => None,
    })
}

/// The link of a mail, derived again from its row; `None` when it was used or ended.
async fn living_link(backend: &Backend, usage: Usage, row: &courriel::Model) -> Result<Option<String>, BackendError> {
    let Some(id) = &row.jeton_id else { return Ok(None) };
    let jeton = jetons::find(backend.db.connection(), id).await?;
    let lives = jeton.is_some_and(|jeton| jeton.utilise_le.is_none() && jeton.revoque_le.is_none());
    Ok(lives.then(|| backend.link(usage, id)))
}
