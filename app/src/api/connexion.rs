use domain::ports::{Connexion, Espace, Reply, Services};
use leptos::prelude::*;

use super::droits::{acces, ouvert};
use super::sessions::begin;
use super::{ApiError, go};
use crate::compte::MON_COMPTE;
use crate::connexion::{LOGIN, LOST_PASSWORD};
use crate::gestion::{SECOND_FACTEUR, STAFF_LOGIN};
use crate::service_formation::SERVICE_FORMATION;

acces! {
    Public: Login, StaffLogin, Logout, RequestReset;
}

/// The radio is where the person thinks they belong: it never blocks.
#[server]
pub async fn login(
    #[server(default)] espace: String,
    #[server(default)] courriel: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let services = ouvert::<Login>();
    let chosen = if espace == "service" { Espace::ServiceFormation } else { Espace::Agent };
    let outcome = services.connexions.login(&services.exchange.client(), chosen, &courriel, &mot_de_passe).await;
    let home = |space| {
        let home = match space {
            Espace::Agent => MON_COMPTE,
            Espace::ServiceFormation => SERVICE_FORMATION,
        };
        let back = services.exchange.back_to(home);
        back.unwrap_or_else(|| format!("{home}{}", if space == chosen { "" } else { "?espace=autre" }))
    };
    go(after_login(&services, outcome, LOGIN, home).await, LOGIN)
}

#[server]
pub async fn staff_login(
    #[server(default)] courriel: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let services = ouvert::<StaffLogin>();
    let outcome = services.connexions.staff_login(&services.exchange.client(), &courriel, &mot_de_passe).await;
    go(after_login(&services, outcome, STAFF_LOGIN, |_| SECOND_FACTEUR.to_owned()).await, STAFF_LOGIN)
}

async fn after_login(
    services: &Services,
    outcome: Reply<Connexion>,
    back: &str,
    to: impl Fn(Espace) -> String,
) -> Reply<String> {
    Ok(match outcome? {
        Connexion::Ouverte { session, space } => {
            begin(services, &session).await?;
            to(space)
        }
        Connexion::Refusee => format!("{back}?erreur=identifiants"),
        Connexion::Retardee { minutes } => format!("{back}?erreur=delai&minutes={minutes}"),
    })
}

#[server]
pub async fn logout(#[server(default)] gestion: bool) -> Result<(), ApiError> {
    let services = ouvert::<Logout>();
    let ended: Reply<()> = match services.exchange.session() {
        Some(session) => services.connexions.logout(&session).await,
        None => Ok(()),
    };
    services.exchange.forget_session();
    let to = if gestion { STAFF_LOGIN } else { LOGIN };
    go(ended.map(|()| format!("{to}?deconnecte=1")), to)
}

/// The same answer whatever the address: the mail decides.
#[server]
pub async fn request_reset(#[server(default)] courriel: String) -> Result<(), ApiError> {
    let services = ouvert::<RequestReset>();
    if !courriel.contains('@') {
        return go(Ok(format!("{LOST_PASSWORD}?erreur=adresse")), LOST_PASSWORD);
    }
    let done = services.connexions.request_reset(&services.exchange.client(), &courriel).await;
    go(done.map(|()| format!("{LOST_PASSWORD}?envoye=1")), LOST_PASSWORD)
}
