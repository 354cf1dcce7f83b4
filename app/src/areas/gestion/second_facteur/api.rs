use leptos::prelude::*;

use super::port::{FacteurAttendu, Preuve, Renouvellement, SecondFacteur};
use crate::areas::gestion::equipe::api::NoticeEquipe;
use crate::areas::gestion::equipe::port::ChangementEquipe;
use crate::base::adresses::{CODES_SECOURS, DEMANDES, EQUIPE, GESTION, REGLAGES, SECOND_FACTEUR, STAFF_LOGIN};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::Notice;
use crate::base::paquet::Paquet;
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

acces! {
    EnAttente: ReadSecondFacteur, ProveCode, UseRecoveryCode;
    Gestionnaire: ReadCodesSecours, KeepCodes, RenewCodes;
    Administrateur: ResetSecondFacteur;
}

appels! {
    ReadSecondFacteur {}
    ReadCodesSecours {}
}

#[server(output = Paquet)]
pub async fn read_second_facteur() -> Result<Option<FacteurAttendu>, ApiError> {
    let Some((who, ports)) = entrer::<ReadSecondFacteur>().await? else { return Ok(None) };
    let asked = ports.of::<dyn SecondFacteur>().asked(&who).await?;
    if asked.is_none() {
        ports.exchange.redirect(&format!("{STAFF_LOGIN}?connexion=1"));
    }
    Ok(asked)
}

#[server]
pub async fn prove_code(#[server(default)] code: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<ProveCode>().await? else { return Ok(()) };
    let outcome = ports.of::<dyn SecondFacteur>().prove(&who, &code).await;
    go(after(&ports, outcome, Refus::Code), SECOND_FACTEUR)
}

#[server]
pub async fn use_recovery_code(#[server(default)] secours: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<UseRecoveryCode>().await? else { return Ok(()) };
    let outcome = ports.of::<dyn SecondFacteur>().recover(&ports.exchange.client(), &who, &secours).await;
    go(after(&ports, outcome, Refus::Secours), SECOND_FACTEUR)
}

fn after(ports: &Ports, outcome: Reply<Preuve>, wrong: Refus) -> Reply<String> {
    Ok(match outcome? {
        Preuve::Prouvee { connexion, enrole } => {
            ports.exchange.keep_connexion(&connexion);
            // A person who has just enrolled sees the codes first.
            if enrole { CODES_SECOURS.to_owned() } else { queue_or_back(ports) }
        }
        Preuve::Fausse => wrong.at(SECOND_FACTEUR),
        Preuve::Retardee { minutes } => Refus::Delai.with(SECOND_FACTEUR, "minutes", minutes),
        Preuve::Terminee => format!("{STAFF_LOGIN}?connexion=1"),
    })
}

/// The page that was asked for before the login, or the queue.
fn queue_or_back(ports: &Ports) -> String {
    ports.exchange.back_to(&[GESTION]).unwrap_or_else(|| DEMANDES.to_owned())
}

/// The recovery codes just made, while they may still be shown.
#[server(output = Paquet)]
pub async fn read_codes_secours() -> Result<Option<Vue<Vec<String>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadCodesSecours>().await? else { return Ok(None) };
    let fresh = match ports.exchange.connexion() {
        Some(connexion) => ports.of::<dyn SecondFacteur>().fresh_codes(&by, &connexion).await?,
        None => None,
    };
    if fresh.is_none() {
        ports.exchange.redirect(REGLAGES);
    }
    Ok(fresh.map(|contenu| Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn keep_codes() -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<KeepCodes>().await? else { return Ok(()) };
    let done = match ports.exchange.connexion() {
        Some(connexion) => ports.of::<dyn SecondFacteur>().codes_kept(&by, &connexion).await,
        None => Ok(()),
    };
    go(done.map(|()| queue_or_back(&ports)), CODES_SECOURS)
}

#[server]
pub async fn renew_codes(#[server(default)] code: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<RenewCodes>().await? else { return Ok(()) };
    let Some(connexion) = ports.exchange.connexion() else { return Ok(()) };
    let outcome =
        ports.of::<dyn SecondFacteur>().renew_codes(&by, &connexion, &code).await.map(|outcome| match outcome {
            Renouvellement::Fait => CODES_SECOURS.to_owned(),
            Renouvellement::Fausse => Refus::Code.at(REGLAGES),
            Renouvellement::Retardee { minutes } => Refus::Delai.with(REGLAGES, "minutes", minutes),
        });
    go(outcome, REGLAGES)
}

#[server]
pub async fn reset_second_facteur(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ResetSecondFacteur>().await? else { return Ok(()) };
    let outcome = ports.of::<dyn SecondFacteur>().reset_factor(&by, id).await.map(|outcome| match outcome {
        ChangementEquipe::Fait => NoticeEquipe::Facteur.at(EQUIPE),
        ChangementEquipe::DernierAdministrateur | ChangementEquipe::SansObjet => NoticeEquipe::SansObjet.at(EQUIPE),
    });
    go(outcome, EQUIPE)
}
