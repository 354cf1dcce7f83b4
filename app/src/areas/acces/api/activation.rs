use leptos::prelude::*;

use super::connexions::begin;
use super::mots_de_passe::refusal;
use crate::areas::acces::port::{
    ActivationVue, Activations, Authentification, ChoixMotDePasse, InvitationVue, Invitations, Invite, Lien,
};
use crate::base::adresses::{CORRECTIONS, MON_COMPTE, SECOND_FACTEUR, SERVICE_FORMATION, encode};
use crate::base::appel::appels;
use crate::base::appelants::Appelants;
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::{ApiError, go};
use crate::base::exchange::ConnexionToken;
use crate::base::paquet::Paquet;
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;

acces! {
    Public: ReadActivation, Activate, Renew, ReadInvitation, AcceptInvitation, ReadReset, ResetPassword;
}

appels! {
    ReadActivation { token }
    ReadInvitation { token }
    ReadReset { token }
}

/// Looking at a link changes nothing, however often it is looked at.
#[server(output = Paquet)]
pub async fn read_activation(token: String) -> Result<Lien<ActivationVue>, ApiError> {
    let lien = ouvert::<ReadActivation>().of::<dyn Activations>().open(&token).await?;
    Ok(lien)
}

#[server]
pub async fn activate(
    token: String,
    #[server(default)] mot_de_passe: String,
    #[server(default)] information: String,
) -> Result<(), ApiError> {
    let ports = ouvert::<Activate>();
    let back = format!("/activation/{}", encode(&token));
    let lien = ports.of::<dyn Activations>().open(&token).await;
    let presented = matches!(lien, Ok(Lien::Vivant(ActivationVue { a_relire: true, .. })));
    let home = if presented { CORRECTIONS } else { MON_COMPTE };
    let informed = !information.is_empty();
    let choice =
        ports.of::<dyn Activations>().activate(&ports.exchange.client(), &token, &mot_de_passe, informed).await;
    let to = after_choice(&ports, choice, home, &back).await;
    // After a refusal the box is shown as it was.
    let kept =
        |to: String| if informed && to.starts_with(&format!("{back}?")) { format!("{to}&information=oui") } else { to };
    go(to.map(kept), &back)
}

/// A new link for an expired one.
#[server]
pub async fn renew(token: String) -> Result<(), ApiError> {
    let ports = ouvert::<Renew>();
    let back = format!("/activation/{}", encode(&token));
    let done = ports.of::<dyn Activations>().renew(&ports.exchange.client(), &token).await;
    go(done.map(|()| format!("{back}?renvoye=1")), &back)
}

#[server(output = Paquet)]
pub async fn read_invitation(token: String) -> Result<Lien<InvitationVue>, ApiError> {
    Ok(ouvert::<ReadInvitation>().of::<dyn Invitations>().open(&token).await?)
}

#[server]
pub async fn accept_invitation(
    token: String,
    #[server(default)] nom: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let ports = ouvert::<AcceptInvitation>();
    let back = format!("/invitation/{}", encode(&token));
    let lien = ports.of::<dyn Invitations>().open(&token).await;
    let is_service = matches!(lien, Ok(Lien::Vivant(InvitationVue { invite: Invite::ServiceFormation { .. }, .. })));
    if !is_service && nom.trim().is_empty() {
        return go(Ok(Refus::Nom.at(&back)), &back);
    }
    let to = if is_service { SERVICE_FORMATION } else { SECOND_FACTEUR };
    let choice = ports.of::<dyn Invitations>().accept(&ports.exchange.client(), &token, &nom, &mot_de_passe).await;
    go(after_choice(&ports, choice, to, &back).await, &back)
}

/// The address that the link was mailed to.
#[server(output = Paquet)]
pub async fn read_reset(token: String) -> Result<Lien<String>, ApiError> {
    Ok(ouvert::<ReadReset>().of::<dyn Authentification>().open_reset(&token).await?)
}

#[server]
pub async fn reset_password(token: String, #[server(default)] mot_de_passe: String) -> Result<(), ApiError> {
    let ports = ouvert::<ResetPassword>();
    let back = format!("/mot-de-passe/{}", encode(&token));
    let choice = ports.of::<dyn Authentification>().reset(&ports.exchange.client(), &token, &mot_de_passe).await;
    let to = match &choice {
        Ok(ChoixMotDePasse::Enregistre(connexion)) => home(&ports, connexion).await,
        _ => MON_COMPTE,
    };
    go(after_choice(&ports, choice, to, &back).await, &back)
}

/// The first page after a login, for the kind of this connexion.
async fn home(ports: &Ports, connexion: &ConnexionToken) -> &'static str {
    match ports.of::<dyn Appelants>().service_formation(connexion).await {
        Ok(Some(_)) => SERVICE_FORMATION,
        _ => MON_COMPTE,
    }
}

/// Signs in with the password just kept, or leads back to the page that says why it was refused.
async fn after_choice(ports: &Ports, choice: Reply<ChoixMotDePasse>, to: &str, back: &str) -> Reply<String> {
    Ok(match choice? {
        ChoixMotDePasse::Enregistre(connexion) => {
            begin(ports, &connexion).await?;
            to.to_owned()
        }
        ChoixMotDePasse::LienMort => back.to_owned(),
        ChoixMotDePasse::ACocher => Refus::Cocher.at(back),
        ChoixMotDePasse::Autre { minutes: 0 } => Refus::Autre.at(back),
        ChoixMotDePasse::Autre { minutes } => Refus::Delai.with(back, "minutes", minutes),
        ChoixMotDePasse::Refuse(why) => refusal(why, to == SECOND_FACTEUR).at(back),
    })
}
