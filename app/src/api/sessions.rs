use domain::ports::{Connecte, Reply, Services, SessionOuverte, SessionToken, Titulaire};
use leptos::prelude::*;

use super::droits::{acces, entrer};
use super::{ApiError, go};
use crate::compte::MON_COMPTE;
use crate::gestion::REGLAGES;
use crate::service_formation::SERVICE_FORMATION;

acces! {
    Connecte: CloseSession, CloseOtherSessions;
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
