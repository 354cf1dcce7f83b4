use domain::ports::{AdresseVue, DemandeAdresse, IssueAdresse, Lien};
use leptos::prelude::*;

use super::droits::{acces, entrer, ouvert};
use super::{ApiError, go};
use crate::compte::MON_COMPTE;

acces! {
    Formateur: AskAddress;
    Public: ReadAddress, ApplyAddress;
}

/// The same answer whether the address has an account or not: the link tells it, to who reads that mailbox.
#[server]
pub async fn ask_address(
    #[server(default)] courriel: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let Some((who, services)) = entrer::<AskAddress>().await? else { return Ok(()) };
    let client = services.exchange.client();
    let outcome = services.changements_adresse.ask_address(&client, &who, &mot_de_passe, &courriel).await;
    let to = outcome.map(|outcome| match outcome {
        DemandeAdresse::Envoyee => format!("{MON_COMPTE}?adresse=envoyee"),
        DemandeAdresse::AdresseInvalide => format!("{MON_COMPTE}?erreur=adresse"),
        DemandeAdresse::MemeAdresse => format!("{MON_COMPTE}?erreur=meme"),
        DemandeAdresse::MotDePasseFaux => format!("{MON_COMPTE}?erreur=passe"),
        DemandeAdresse::Retardee { minutes } => format!("{MON_COMPTE}?erreur=delai&minutes={minutes}"),
        DemandeAdresse::TropDeDemandes { minutes } => format!("{MON_COMPTE}?erreur=demandes&minutes={minutes}"),
        DemandeAdresse::SansObjet => MON_COMPTE.to_owned(),
    });
    go(to, MON_COMPTE)
}

/// Looking at a link changes nothing.
#[server]
pub async fn read_address(token: String) -> Result<Lien<AdresseVue>, ApiError> {
    Ok(ouvert::<ReadAddress>().changements_adresse.open_address(&token).await?)
}

#[server]
pub async fn apply_address(token: String) -> Result<(), ApiError> {
    let services = ouvert::<ApplyAddress>();
    let back = format!("/adresse/{}", crate::browser::encode(&token));
    let session = services.exchange.session();
    let client = services.exchange.client();
    let outcome = services.changements_adresse.apply_address(&client, &token, session.as_ref()).await;
    let to = outcome.map(|outcome| match outcome {
        IssueAdresse::Changee => format!("{back}?fait=changee"),
        IssueAdresse::Retablie => format!("{back}?fait=retablie"),
        IssueAdresse::Prise => format!("{back}?erreur=prise"),
        IssueAdresse::LienMort => back.clone(),
    });
    go(to, &back)
}
