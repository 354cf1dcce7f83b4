use domain::ports::{ActivationVue, ChoixMotDePasse, InvitationVue, Lien, MotDePasseRefuse, Reply, Services};
use leptos::prelude::*;

use super::droits::{acces, ouvert};
use super::{ApiError, go};
use crate::compte::MON_COMPTE;
use crate::gestion::DEMANDES;

acces! {
    Public: ReadActivation, Activate, Renew, ReadInvitation, AcceptInvitation, ReadReset, ResetPassword;
}

/// Looking at a link changes nothing, however often it is looked at.
#[server]
pub async fn read_activation(token: String) -> Result<Lien<ActivationVue>, ApiError> {
    let lien = ouvert::<ReadActivation>().activations.open(&token).await?;
    Ok(lien)
}

#[server]
pub async fn activate(token: String, #[server(default)] mot_de_passe: String) -> Result<(), ApiError> {
    let services = ouvert::<Activate>();
    let back = format!("/activation/{}", crate::browser::encode(&token));
    let choice = services.activations.activate(&services.exchange.client(), &token, &mot_de_passe).await;
    go(after_choice(&services, choice, MON_COMPTE, &back), &back)
}

/// A new link for an expired one.
#[server]
pub async fn renew(token: String) -> Result<(), ApiError> {
    let services = ouvert::<Renew>();
    let back = format!("/activation/{}", crate::browser::encode(&token));
    let done = services.activations.renew(&services.exchange.client(), &token).await;
    go(done.map(|()| format!("{back}?renvoye=1")), &back)
}

#[server]
pub async fn read_invitation(token: String) -> Result<Lien<InvitationVue>, ApiError> {
    Ok(ouvert::<ReadInvitation>().invitations.open(&token).await?)
}

#[server]
pub async fn accept_invitation(
    token: String,
    #[server(default)] nom: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let services = ouvert::<AcceptInvitation>();
    let back = format!("/invitation/{}", crate::browser::encode(&token));
    if nom.trim().is_empty() {
        return go(Ok(format!("{back}?erreur=nom")), &back);
    }
    let choice = services.invitations.accept(&services.exchange.client(), &token, &nom, &mot_de_passe).await;
    go(after_choice(&services, choice, DEMANDES, &back), &back)
}

#[server]
pub async fn read_reset(token: String) -> Result<Lien<()>, ApiError> {
    Ok(ouvert::<ReadReset>().connexions.open_reset(&token).await?)
}

#[server]
pub async fn reset_password(token: String, #[server(default)] mot_de_passe: String) -> Result<(), ApiError> {
    let services = ouvert::<ResetPassword>();
    let back = format!("/mot-de-passe/{}", crate::browser::encode(&token));
    let choice = services.connexions.reset(&services.exchange.client(), &token, &mot_de_passe).await;
    go(after_choice(&services, choice, MON_COMPTE, &back), &back)
}

/// Signed in with the password just kept, or back to the page that says what is wrong.
fn after_choice(services: &Services, choice: Reply<ChoixMotDePasse>, to: &str, back: &str) -> Reply<String> {
    Ok(match choice? {
        ChoixMotDePasse::Enregistre(session) => {
            services.exchange.keep_session(&session);
            to.to_owned()
        }
        ChoixMotDePasse::LienMort => back.to_owned(),
        ChoixMotDePasse::Refuse(MotDePasseRefuse::TropCourt) => format!("{back}?erreur=court"),
        ChoixMotDePasse::Refuse(MotDePasseRefuse::TropLong) => format!("{back}?erreur=long"),
        ChoixMotDePasse::Refuse(MotDePasseRefuse::TropFaible) => format!("{back}?erreur=faible"),
    })
}
