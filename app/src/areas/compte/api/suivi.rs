use domain::suivi::Suivi;
use leptos::prelude::*;

use crate::areas::acces::Lien;
use crate::areas::compte::port::Suivis;
use crate::base::adresses::{SUIVI, suivi_path};
use crate::base::appel::appels;
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::{ApiError, go};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;

acces! {
    Public: Follow, ReadFollowUp, ResendActivation;
}

appels! {
    ReadFollowUp { token }
}

/// Opens a follow-up by reference and address. Gives the same answer for everything that is no request of this
/// address.
#[server]
pub async fn follow(#[server(default)] reference: String, #[server(default)] courriel: String) -> Result<(), ApiError> {
    let ports = ouvert::<Follow>();
    let found = ports.of::<dyn Suivis>().find(&ports.exchange.client(), &reference, &courriel).await;
    go(found.map(|token| token.map_or_else(|| Refus::Inconnue.at(SUIVI), |token| suivi_path(&token))), SUIVI)
}

/// Looking changes nothing.
#[server(output = Paquet)]
pub async fn read_follow_up(token: String) -> Result<Lien<Suivi>, ApiError> {
    Ok(ouvert::<ReadFollowUp>().of::<dyn Suivis>().look(&token).await?)
}

#[server]
pub async fn resend_activation(token: String) -> Result<(), ApiError> {
    let ports = ouvert::<ResendActivation>();
    let back = suivi_path(&token);
    let done = ports.of::<dyn Suivis>().resend(&ports.exchange.client(), &token).await;
    go(done.map(|()| format!("{back}?renvoye=1")), &back)
}
