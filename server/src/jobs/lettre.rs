//! Writes the text of a queued mail, at the moment when it leaves. The text depends on the present state: whether the
//! address has an account, whether the link is valid, what was decided.

use domain::compte::Statut;
use domain::conservation::{AVERTISSEMENT_MOIS, INACTIVITE_MOIS, PREAVIS_JOURS};
use domain::ports::Millis;
use domain::{Reference, instant};

use crate::clock::{DAY, HOUR, MINUTE};
use crate::error::BackendError;
use crate::mail::Courrier;
use crate::mail::modeles::{acces, adresse, decision, demande, effacement, equipe};
use crate::persistence::courriels::Genre;
use crate::persistence::entities::{compte, courriel, gestionnaire};
use crate::persistence::{
    adieux, annuaire, changements_adresse, comptes, corrections, facteurs, gestionnaires, invitations, jetons, motifs,
    mouvements, reprises, services_formation,
};
use crate::ports::{Backend, CORRECTION_KEPT, said_to};
use crate::security::tokens::Usage;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparee {
    /// The key of an address: ASCII, lower case.
    pub destinataire: String,
    pub courrier: Courrier,
}

/// The letter of a queued mail. `None` when there is nothing left to say, or no recipient.
pub async fn prepare(backend: &Backend, row: &courriel::Model) -> Result<Option<Preparee>, BackendError> {
    let genre = Genre::from_code(&row.genre).ok_or(BackendError::Corrupt { table: "courriel", column: "genre" })?;
    let db = backend.db.connection();
    let compte = match row.compte_id {
        Some(id) => comptes::find(db, id).await?,
        None => None,
    };
    let prepared = match (genre, row.gestionnaire_id, compte) {
        (Genre::Reprise, _, _) => to_draft(backend, row).await?,
        (
            Genre::Invitation
            | Genre::Resume
            | Genre::CodeSecours
            | Genre::FacteurEnrole
            | Genre::CodesRenouveles
            | Genre::SecondFacteur
            | Genre::MotDePasseChange,
            Some(id),
            _,
        ) => to_team(backend, genre, row, id).await?,
        (Genre::FinInactivite | Genre::Effacement, _, _) => last_of_account(backend, genre, row).await?,
        (Genre::AValider, Some(id), Some(compte)) => {
            let gestionnaire = gestionnaires::find(db, id).await?.filter(|row| row.desactive_le.is_none());
            // No mail if somebody decided meanwhile: the request does not wait any more.
            let gestionnaire = gestionnaire.filter(|_| compte.statut == Statut::AValider.code());
            let reference = comptes::reference(&compte)?;
            let link = &backend.url(&format!("/gestion/demandes/{}", compte.id));
            gestionnaire.map(|row| (row.courriel_cle, equipe::DemandeAValider { reference, link }.courrier()))
        }
        (Genre::Adresse | Genre::AdresseChangee, _, Some(compte)) => of_address(backend, genre, row, &compte).await?,
        (_, _, Some(compte)) => {
            for_person(backend, genre, row, &compte).await?.map(|courrier| (compte.courriel_cle, courrier))
        }
        (Genre::InvitationServiceFormation, _, _) => invitation_of_service(backend, row).await?,
        (Genre::Reinitialisation | Genre::MotDePasseChange, _, None) => {
            to_service_formation(backend, genre, row).await?
        }
        (_, _, None) => None,
    };
    Ok(prepared
        // If the address was corrected since, the mail is not sent to the former one. The new address has its own mail.
        .filter(|(cle, _)| backend.hides(&row.destinataire_cle, cle))
        .map(|(destinataire, courrier)| Preparee { destinataire, courrier }))
}

async fn for_person(
    backend: &Backend,
    genre: Genre,
    row: &courriel::Model,
    compte: &compte::Model,
) -> Result<Option<Courrier>, BackendError> {
    let db = backend.db.connection();
    let statut = comptes::statut(compte)?;
    let reference = comptes::reference(compte)?;
    let prenom = &compte.prenom;
    let config = backend.config();
    let mon_compte = || backend.url("/mon-compte");
    Ok(match genre {
        Genre::Activation if statut != Statut::EnAttenteActivation => None,
        Genre::Activation if comptes::holder(db, &compte.courriel_cle).await?.is_some() => {
            Some(acces::DejaCompte { link: &backend.url("/mot-de-passe-perdu") }.courrier())
        }
        Genre::Activation => {
            let employeur = match compte.presentee_par {
                Some(_) => Some(backend.employeur(db, compte).await?),
                None => None,
            };
            let hours = config.delais.activation_hours;
            let link = living_link(backend, Usage::Activation, row).await?;
            link.as_deref().map(|link| match &employeur {
                Some(employeur) => demande::Presentation { prenom, employeur, reference, link, hours }.courrier(),
                None => demande::Activation { prenom, reference, link, hours }.courrier(),
            })
        }
        // An address with an account already got a mail that says so.
        Genre::Rappel if comptes::holder(db, &compte.courriel_cle).await?.is_some() => None,
        Genre::Rappel => reminder(backend, row, prenom, reference).await?,
        Genre::Recu => {
            let recue_le = instant::today(backend.received_on(db, compte).await?.unwrap_or(compte.envoyee_le));
            let (exploitant, silence) = (&config.exploitant, &config.decisions.silence_on(recue_le));
            let link = &mon_compte();
            Some(demande::AccuseReception { prenom, reference, recue_le, exploitant, silence, link }.courrier())
        }
        Genre::CorrectionRecue => {
            let recues_le = instant::today(row.cree_le);
            let (exploitant, link) = (&config.exploitant, &mon_compte());
            Some(demande::CorrectionsRecues { prenom, reference, recues_le, exploitant, link }.courrier())
        }
        Genre::ACompleter | Genre::RappelCorrection => match corrections::current(db, compte.id).await? {
            Some(asked) if statut == Statut::ACompleter => {
                let fin = instant::today(asked.demandee_le + CORRECTION_KEPT);
                let link = &backend.url("/mon-compte/corrections");
                Some(if asked.relecture {
                    let employeur = &backend.employeur(db, compte).await?;
                    demande::RelectureAttendue { prenom, reference, employeur, fin, link }.courrier()
                } else {
                    let (demandees, message) = (&backend.demandees(db, &asked).await?, &asked.message);
                    let rappel = genre == Genre::RappelCorrection;
                    decision::CorrectionsDemandees { prenom, reference, demandees, message, fin, rappel, link }
                        .courrier()
                })
            }
            _ => None,
        },
        Genre::Valide => {
            (statut == Statut::Actif).then(|| decision::Validation { prenom, link: &mon_compte() }.courrier())
        }
        Genre::Refuse if statut == Statut::Refuse => {
            let motif = match compte.motif_id {
                Some(id) => match motifs::find(db, id).await? {
                    Some(motif) => Some(said_to(&motif.texte, compte)?),
                    None => None,
                },
                None => None,
            };
            let (motif, message) = (&motif.unwrap_or_default(), compte.message.as_deref().unwrap_or_default());
            let (recours, link) = (&config.decisions.recours, &mon_compte());
            Some(decision::Refus { prenom, reference, motif, message, recours, link }.courrier())
        }
        Genre::Suspension if statut == Statut::Suspendu => {
            let message = compte.message.as_deref().unwrap_or_default();
            let (recours, link) = (&config.decisions.recours, &backend.url("/aide"));
            Some(decision::Suspension { prenom, reference, message, recours, link }.courrier())
        }
        Genre::Retablissement => {
            (statut == Statut::Actif).then(|| decision::Retablissement { prenom, link: &mon_compte() }.courrier())
        }
        Genre::Reinitialisation => {
            let minutes = u32::try_from(backend.validity(Usage::Reinitialisation) / MINUTE).unwrap_or(0);
            let link = living_link(backend, Usage::Reinitialisation, row).await?;
            link.as_deref().map(|link| acces::MotDePassePerdu { prenom, link, minutes }.courrier())
        }
        Genre::Inactivite if statut == Statut::Actif => {
            let told = instant::today(row.cree_le);
            let fin = instant::months_after(told, INACTIVITE_MOIS - AVERTISSEMENT_MOIS);
            let notice = instant::today(backend.clock.now() + Millis::from(PREAVIS_JOURS) * DAY);
            Some(effacement::Inactivite { prenom, fin: fin.max(notice), link: &mon_compte() }.courrier())
        }
        Genre::MotDePasseChange => {
            Some(acces::MotDePasseChange { prenom, link: &backend.url("/mot-de-passe-perdu") }.courrier())
        }
        Genre::Refuse
        | Genre::Inactivite
        | Genre::FinInactivite
        | Genre::Effacement
        | Genre::Suspension
        | Genre::AValider
        | Genre::Reprise
        | Genre::Invitation
        | Genre::InvitationServiceFormation
        | Genre::Adresse
        | Genre::AdresseChangee
        | Genre::CodeSecours
        | Genre::FacteurEnrole
        | Genre::CodesRenouveles
        | Genre::SecondFacteur
        | Genre::Resume => None,
    })
}

/// E2: the link of the activation mail again, and when it ends. The reminder does not extend the link's validity.
async fn reminder(
    backend: &Backend,
    row: &courriel::Model,
    prenom: &str,
    reference: Reference,
) -> Result<Option<Courrier>, BackendError> {
    let Some(id) = &row.jeton_id else { return Ok(None) };
    let Some(jeton) = jetons::find(backend.db.connection(), id).await? else { return Ok(None) };
    let validity = backend.validity(Usage::Activation);
    Ok(match jeton.premier_envoi_le {
        Some(sent) if jetons::etat(&jeton, validity, backend.clock.now()) == jetons::Etat::Vivant => {
            let (fin, link) = (&instant::en_clair(sent + validity), &backend.link(Usage::Activation, id));
            Some(demande::Rappel { prenom, reference, fin, link }.courrier())
        }
        _ => None,
    })
}

/// The last mail about an erased account, to the address that was kept for it.
async fn last_of_account(
    backend: &Backend,
    genre: Genre,
    row: &courriel::Model,
) -> Result<Option<(String, Courrier)>, BackendError> {
    let courrier = match genre {
        Genre::FinInactivite => effacement::FinInactivite { link: &backend.url("/inscription") }.courrier(),
        _ => effacement::Effacement { link: &backend.url("/donnees-personnelles") }.courrier(),
    };
    Ok(adieux::recipient(backend.db.connection(), row.id).await?.map(|address| (address, courrier)))
}

/// A mail about a change of address, to the new address or to the former one.
async fn of_address(
    backend: &Backend,
    genre: Genre,
    row: &courriel::Model,
    compte: &compte::Model,
) -> Result<Option<(String, Courrier)>, BackendError> {
    let db = backend.db.connection();
    let jeton = match &row.jeton_id {
        Some(id) => jetons::find(db, id).await?,
        None => None,
    };
    let Some(jeton) = jeton else { return Ok(None) };
    let Some(change) = changements_adresse::find(db, jeton.sujet_id).await? else { return Ok(None) };
    if genre == Genre::AdresseChangee {
        let usage = Usage::AdresseAnnulation;
        let days = backend.validity(usage) / DAY;
        let link = living_link(backend, usage, row).await?;
        let prenom = &compte.prenom;
        let courrier = link.as_deref().map(|link| adresse::AdresseChangee { prenom, link, days }.courrier());
        return Ok(courrier.map(|courrier| (change.ancien_cle, courrier)));
    }
    let minutes = u32::try_from(backend.validity(Usage::Adresse) / MINUTE).unwrap_or(0);
    let link = living_link(backend, Usage::Adresse, row).await?;
    let courrier = link.as_deref().map(|link| adresse::AdresseAConfirmer { link, minutes }.courrier());
    Ok(courrier.map(|courrier| (change.nouveau_cle, courrier)))
}

/// The invitation of a service formation, if its link is still valid.
async fn invitation_of_service(
    backend: &Backend,
    row: &courriel::Model,
) -> Result<Option<(String, Courrier)>, BackendError> {
    let db = backend.db.connection();
    let usage = Usage::InvitationServiceFormation;
    let Some(link) = &living_link(backend, usage, row).await? else { return Ok(None) };
    let jeton = match &row.jeton_id {
        Some(id) => jetons::find(db, id).await?.filter(|jeton| jeton.usage == usage.code()),
        None => None,
    };
    let Some(jeton) = jeton else { return Ok(None) };
    let service = services_formation::find(db, jeton.sujet_id).await?;
    let Some(service) = service.filter(|service| !service.courriel.is_empty()) else { return Ok(None) };
    let invited = invitations::find(db, &jeton.id).await?.and_then(|invited| invited.collectivite_id);
    let collectivite = &annuaire::find(db, invited.unwrap_or(service.collectivite_id))
        .await?
        .map(|found| found.line())
        .unwrap_or_default();
    let hours = u32::try_from(backend.validity(usage) / HOUR).unwrap_or(0);
    let courrier = acces::InvitationServiceFormation { collectivite, link, hours }.courrier();
    Ok(Some((service.courriel_cle, courrier)))
}

/// A mail to an address that has only a service formation. Its link gives the address.
async fn to_service_formation(
    backend: &Backend,
    genre: Genre,
    row: &courriel::Model,
) -> Result<Option<(String, Courrier)>, BackendError> {
    let db = backend.db.connection();
    let Some(id) = &row.jeton_id else { return Ok(None) };
    let jeton = jetons::find(db, id).await?.filter(|jeton| jeton.usage == Usage::ReinitialisationService.code());
    let Some(jeton) = jeton else { return Ok(None) };
    let service = services_formation::find(db, jeton.sujet_id).await?.filter(services_formation::is_active);
    let Some(service) = service else { return Ok(None) };
    let courrier = if genre == Genre::MotDePasseChange {
        Some(acces::MotDePasseChange { prenom: "", link: &backend.url("/mot-de-passe-perdu") }.courrier())
    } else {
        let usage = Usage::ReinitialisationService;
        let minutes = u32::try_from(backend.validity(usage) / MINUTE).unwrap_or(0);
        let link = living_link(backend, usage, row).await?;
        link.as_deref().map(|link| acces::MotDePassePerdu { prenom: "", link, minutes }.courrier())
    };
    Ok(courrier.map(|courrier| (service.courriel_cle, courrier)))
}

/// A mail to a member of the team.
async fn to_team(
    backend: &Backend,
    genre: Genre,
    row: &courriel::Model,
    id: i64,
) -> Result<Option<(String, Courrier)>, BackendError> {
    let db = backend.db.connection();
    // A disabled member may be invited again.
    let is_told = |row: &gestionnaire::Model| genre == Genre::Invitation || row.desactive_le.is_none();
    let Some(member) = gestionnaires::find(db, id).await?.filter(is_told) else { return Ok(None) };
    let (reglages, connexion) = (&backend.url("/gestion/mes-reglages"), &backend.url("/gestion/connexion"));
    let courrier = match genre {
        Genre::Invitation => {
            let hours = u32::try_from(backend.validity(Usage::Invitation) / HOUR).unwrap_or(0);
            let link = living_link(backend, Usage::Invitation, row).await?;
            link.as_deref().map(|link| equipe::Invitation { link, hours }.courrier())
        }
        Genre::CodeSecours => {
            let when = &instant::en_clair(row.cree_le);
            let left = facteurs::codes_left(db, id).await?;
            Some(equipe::CodeSecours { when, left, link: reglages }.courrier())
        }
        Genre::FacteurEnrole => Some(equipe::FacteurEnrole { link: reglages }.courrier()),
        Genre::CodesRenouveles => Some(equipe::CodesRenouveles { link: reglages }.courrier()),
        Genre::MotDePasseChange => Some(equipe::MotDePasseChange { link: connexion }.courrier()),
        Genre::SecondFacteur => Some(equipe::SecondFacteurReinitialise { link: connexion }.courrier()),
        _ => {
            // No mail if the queue is empty: somebody may have decided meanwhile.
            let waiting = mouvements::counts(db).await?.into_iter().find(|(statut, _)| *statut == Statut::AValider);
            let waiting = waiting.map(|(_, n)| n).filter(|n| *n > 0);
            let link = &backend.url("/gestion/demandes");
            waiting.map(|waiting| equipe::ResumeDuJour { waiting, link }.courrier())
        }
    };
    Ok(courrier.map(|courrier| (member.courriel_cle, courrier)))
}

/// A link to a draft, if the draft is still open and has the same address.
async fn to_draft(backend: &Backend, row: &courriel::Model) -> Result<Option<(String, Courrier)>, BackendError> {
    let Some(link) = &living_link(backend, Usage::Reprise, row).await? else { return Ok(None) };
    let db = backend.db.connection();
    let reprise = match &row.jeton_id {
        Some(id) => reprises::find(db, id).await?,
        None => None,
    };
    let Some(reprise) = reprise else { return Ok(None) };
    Ok(backend.resumable(db, &reprise).await?.map(|(brouillon, courriel)| {
        let fin = &instant::jour_et_mois(instant::today(brouillon.modifie_le + backend.draft_kept()));
        (courriel.cle().to_owned(), demande::Reprise { fin, link }.courrier())
    }))
}

/// The link of a mail, computed again from its row. `None` when the link was used, revoked or waited too long.
async fn living_link(backend: &Backend, usage: Usage, row: &courriel::Model) -> Result<Option<String>, BackendError> {
    let Some(id) = &row.jeton_id else { return Ok(None) };
    let jeton = jetons::find(backend.db.connection(), id).await?;
    let (validity, now) = (backend.validity(usage), backend.clock.now());
    let lives = jeton.is_some_and(|jeton| jetons::etat(&jeton, validity, now) == jetons::Etat::Vivant);
    Ok(lives.then(|| backend.link(usage, id)))
}
