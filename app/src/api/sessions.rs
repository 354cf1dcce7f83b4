use domain::ports::{Connecte, Reply, Services, SessionOuverte, SessionToken, SessionsDe, Titulaire};
use leptos::prelude::*;

use super::droits::{acces, entrer};
use super::gestion::{Qui, Vue, noted};
use super::{ApiError, go};
use crate::compte::MON_COMPTE;
use crate::gestion::{DEMANDES, EQUIPE, REGLAGES, SERVICES_FORMATION, dossier_path};
use crate::service_formation::SERVICE_FORMATION;

acces! {
    Connecte: CloseSession, CloseOtherSessions, FailuresSeen;
    Administrateur: ReadSessionsOf, EndSessions;
}

#[server]
pub async fn close_session(#[server(default)] id: String) -> Result<(), ApiError> {
    let Some((who, services)) = entrer::<CloseSession>().await? else { return Ok(()) };
    let back = page_of(&who);
    go(services.sessions.close_session(&who, &id).await.map(|()| format!("{back}?sessions=1")), back)
}

#[server]
pub async fn close_other_sessions() -> Result<(), ApiError> {
    let Some((who, services)) = entrer::<CloseOtherSessions>().await? else { return Ok(()) };
    let back = page_of(&who);
    go(services.sessions.close_other_sessions(&who).await.map(|()| format!("{back}?sessions=1")), back)
}

/// « J’ai compris »: the session tells of failed passwords no more.
#[server]
pub async fn failures_seen() -> Result<(), ApiError> {
    let Some((who, services)) = entrer::<FailuresSeen>().await? else { return Ok(()) };
    let back = match who.titulaire {
        Titulaire::Gestionnaire(_) => DEMANDES,
        _ => page_of(&who),
    };
    go(services.sessions.failures_seen(&who).await.map(|()| back.to_owned()), back)
}

/// Whose sessions an administrateur is about to end: `de` is « membre », « compte » or « service ».
#[server]
pub async fn read_sessions_of(de: String, id: i64) -> Result<Option<Vue<Option<SessionsDe>>>, ApiError> {
    let Some((by, services)) = entrer::<ReadSessionsOf>().await? else { return Ok(None) };
    let contenu = match titulaire(&de, id) {
        Some(whose) => services.sessions.sessions_of(&by, whose).await?,
        None => None,
    };
    if contenu.is_none() {
        services.exchange.not_found();
    }
    Ok(Some(Vue { qui: Qui::from(&*by), contenu }))
}

#[server]
pub async fn end_sessions(
    #[server(default)] de: String,
    id: i64,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<EndSessions>().await? else { return Ok(()) };
    let Some(whose) = titulaire(&de, id) else { return go(Ok(EQUIPE.to_owned()), EQUIPE) };
    let back = match whose {
        Titulaire::Formateur(id) => dossier_path(id, &retour),
        Titulaire::ServiceFormation(_) => SERVICES_FORMATION.to_owned(),
        Titulaire::Gestionnaire(_) => EQUIPE.to_owned(),
    };
    let outcome = services.sessions.end_sessions(&by, whose).await;
    go(outcome.map(|ended| noted(&back, "fait", if ended { "sessions" } else { "sans-objet" })), &back)
}

fn titulaire(de: &str, id: i64) -> Option<Titulaire> {
    match de {
        "membre" => Some(Titulaire::Gestionnaire(id)),
        "compte" => Some(Titulaire::Formateur(id)),
        "service" => Some(Titulaire::ServiceFormation(id)),
        _ => None,
    }
}

/// The page that lists them.
fn page_of(who: &Connecte) -> &'static str {
    match who.titulaire {
        Titulaire::Formateur(_) => MON_COMPTE,
        Titulaire::ServiceFormation(_) => SERVICE_FORMATION,
        Titulaire::Gestionnaire(_) => REGLAGES,
    }
}

/// For the page of someone who was just proved: their own sessions.
pub(super) async fn own_sessions(services: &Services) -> Reply<Vec<SessionOuverte>> {
    let Some(session) = services.exchange.session() else { return Ok(Vec::new()) };
    match services.sessions.connected(&session).await? {
        Some(who) => services.sessions.open_sessions(&who).await,
        None => Ok(Vec::new()),
    }
}

/// Signed in: the browser keeps this session, and the one it came with ends.
pub(super) async fn begin(services: &Services, session: &SessionToken) -> Reply<()> {
    let before = services.exchange.session();
    services.exchange.keep_session(session);
    services.sessions.arrive(session, before.as_ref(), &services.exchange.browser()).await
}
