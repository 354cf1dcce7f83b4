use leptos::prelude::*;

use crate::areas::acces::port::{ConnexionOuverte, Connexions};
use crate::base::adresses::{DEMANDES, MON_COMPTE, REGLAGES, SERVICE_FORMATION};
use crate::base::appelants::{Appelants, Connecte, Titulaire};
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::exchange::ConnexionToken;
use crate::base::port::{Ports, Reply};

acces! {
    Connecte: CloseConnexion, CloseOtherConnexions, FailuresSeen;
}

#[server]
pub async fn close_connexion(#[server(default)] id: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<CloseConnexion>().await? else { return Ok(()) };
    let back = page_of(&who);
    go(ports.of::<dyn Connexions>().close_connexion(&who, &id).await.map(|()| format!("{back}?connexions=1")), back)
}

#[server]
pub async fn close_other_connexions() -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<CloseOtherConnexions>().await? else { return Ok(()) };
    let back = page_of(&who);
    go(ports.of::<dyn Connexions>().close_other_connexions(&who).await.map(|()| format!("{back}?connexions=1")), back)
}

/// « J’ai compris »: the connexion stops telling of failed passwords.
#[server]
pub async fn failures_seen() -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<FailuresSeen>().await? else { return Ok(()) };
    let back = match who.titulaire {
        Titulaire::Gestionnaire(_) => DEMANDES,
        _ => page_of(&who),
    };
    go(ports.of::<dyn Connexions>().failures_seen(&who).await.map(|()| back.to_owned()), back)
}

/// The page that lists the caller's connexions.
fn page_of(who: &Connecte) -> &'static str {
    match who.titulaire {
        Titulaire::Formateur(_) => MON_COMPTE,
        Titulaire::ServiceFormation(_) => SERVICE_FORMATION,
        Titulaire::Gestionnaire(_) => REGLAGES,
    }
}

/// The caller's own connexions, for a page whose caller was just proved.
pub async fn own_connexions(ports: &Ports) -> Reply<Vec<ConnexionOuverte>> {
    let Some(connexion) = ports.exchange.connexion() else { return Ok(Vec::new()) };
    match ports.of::<dyn Appelants>().connected(&connexion).await? {
        Some(who) => ports.of::<dyn Connexions>().open_connexions(&who).await,
        None => Ok(Vec::new()),
    }
}

/// Signs in: the browser keeps this connexion, and the connexion that it came with ends.
pub(super) async fn begin(ports: &Ports, connexion: &ConnexionToken) -> Reply<()> {
    let before = ports.exchange.connexion();
    ports.exchange.keep_connexion(connexion);
    ports.of::<dyn Connexions>().arrive(connexion, before.as_ref(), &ports.exchange.browser()).await
}
