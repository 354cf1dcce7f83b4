use leptos::prelude::*;

use super::connexions::begin;
use crate::areas::acces::port::{Authentification, Espace, IssueAuthentification};
use crate::base::adresses::{
    FORMATIONS, LOGIN, LOST_PASSWORD, MON_COMPTE, SECOND_FACTEUR, SERVICE_FORMATION, STAFF_LOGIN,
};
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::{ApiError, go};
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;

acces! {
    Public: Login, StaffLogin, Logout, RequestReset;
}

/// The radio says which space the person expects. A wrong choice never blocks the login.
#[server]
pub async fn login(
    #[server(default)] espace: String,
    #[server(default)] courriel: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let ports = ouvert::<Login>();
    let chosen = if espace == "service" { Espace::ServiceFormation } else { Espace::Agent };
    let outcome =
        ports.of::<dyn Authentification>().login(&ports.exchange.client(), chosen, &courriel, &mot_de_passe).await;
    let home = |space| {
        // A session of training asks for a login too.
        let areas: &[&str] = match space {
            Espace::Agent => &[MON_COMPTE, FORMATIONS],
            Espace::ServiceFormation => &[SERVICE_FORMATION],
        };
        let home = areas[0];
        let back = ports.exchange.back_to(areas);
        back.unwrap_or_else(|| format!("{home}{}", if space == chosen { "" } else { "?espace=autre" }))
    };
    go(after_login(&ports, outcome, LOGIN, home).await, LOGIN)
}

#[server]
pub async fn staff_login(
    #[server(default)] courriel: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let ports = ouvert::<StaffLogin>();
    let outcome =
        ports.of::<dyn Authentification>().staff_login(&ports.exchange.client(), &courriel, &mot_de_passe).await;
    go(after_login(&ports, outcome, STAFF_LOGIN, |_| SECOND_FACTEUR.to_owned()).await, STAFF_LOGIN)
}

async fn after_login(
    ports: &Ports,
    outcome: Reply<IssueAuthentification>,
    back: &str,
    to: impl Fn(Espace) -> String,
) -> Reply<String> {
    Ok(match outcome? {
        IssueAuthentification::Ouverte { connexion, space } => {
            begin(ports, &connexion).await?;
            to(space)
        }
        IssueAuthentification::Refusee => Refus::Identifiants.at(back),
        IssueAuthentification::Retardee { minutes } => Refus::Delai.with(back, "minutes", minutes),
    })
}

#[server]
pub async fn logout(#[server(default)] gestion: bool) -> Result<(), ApiError> {
    let ports = ouvert::<Logout>();
    let ended: Reply<()> = match ports.exchange.connexion() {
        Some(connexion) => ports.of::<dyn Authentification>().logout(&connexion).await,
        None => Ok(()),
    };
    ports.exchange.forget_connexion();
    let to = if gestion { STAFF_LOGIN } else { LOGIN };
    go(ended.map(|()| format!("{to}?deconnecte=1")), to)
}

/// Gives the same answer for every address: only the mail tells.
#[server]
pub async fn request_reset(#[server(default)] courriel: String) -> Result<(), ApiError> {
    let ports = ouvert::<RequestReset>();
    if !courriel.contains('@') {
        return go(Ok(Refus::Adresse.at(LOST_PASSWORD)), LOST_PASSWORD);
    }
    let done = ports.of::<dyn Authentification>().request_reset(&ports.exchange.client(), &courriel).await;
    go(done.map(|()| format!("{LOST_PASSWORD}?envoye=1")), LOST_PASSWORD)
}
