use leptos::prelude::*;

use crate::areas::acces::Lien;
use crate::areas::compte::port::{AdresseVue, ChangementsAdresse, EnvoiConfirmation, IssueAdresse};
use crate::base::adresses::{MON_COMPTE, encode};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer, ouvert};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;

notices! {
    /// The title of the page that a link of a change of address ends on.
    pub enum NoticeAdresse {
        Changee = "changee", true, "Votre adresse est changée";
        Retablie = "retablie", true, "Votre adresse est rétablie";
    }
}

acces! {
    Formateur: AskAddress;
    Public: ReadAddress, ApplyAddress;
}

appels! {
    ReadAddress { token }
}

/// Gives the same answer whether the address has an account or not. Only the link tells, so only the reader of that
/// mailbox learns it.
#[server]
pub async fn ask_address(
    #[server(default)] courriel: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<AskAddress>().await? else { return Ok(()) };
    let client = ports.exchange.client();
    let outcome = ports.of::<dyn ChangementsAdresse>().ask_address(&client, &who, &mot_de_passe, &courriel).await;
    let to = outcome.map(|outcome| match outcome {
        EnvoiConfirmation::Envoyee => format!("{MON_COMPTE}?adresse=envoyee"),
        EnvoiConfirmation::AdresseInvalide => Refus::Adresse.at(MON_COMPTE),
        EnvoiConfirmation::MemeAdresse => Refus::Meme.at(MON_COMPTE),
        EnvoiConfirmation::MotDePasseFaux => Refus::Passe.at(MON_COMPTE),
        EnvoiConfirmation::Retardee { minutes } => Refus::Delai.with(MON_COMPTE, "minutes", minutes),
        EnvoiConfirmation::TropDeChangements { minutes } => Refus::Demandes.with(MON_COMPTE, "minutes", minutes),
        EnvoiConfirmation::SansObjet => MON_COMPTE.to_owned(),
    });
    go(to, MON_COMPTE)
}

/// Looking at a link changes nothing.
#[server(output = Paquet)]
pub async fn read_address(token: String) -> Result<Lien<AdresseVue>, ApiError> {
    Ok(ouvert::<ReadAddress>().of::<dyn ChangementsAdresse>().open_address(&token).await?)
}

#[server]
pub async fn apply_address(token: String) -> Result<(), ApiError> {
    let ports = ouvert::<ApplyAddress>();
    let back = format!("/adresse/{}", encode(&token));
    let connexion = ports.exchange.connexion();
    let client = ports.exchange.client();
    let outcome = ports.of::<dyn ChangementsAdresse>().apply_address(&client, &token, connexion.as_ref()).await;
    let to = outcome.map(|outcome| match outcome {
        IssueAdresse::Changee => NoticeAdresse::Changee.at(&back),
        IssueAdresse::Retablie => NoticeAdresse::Retablie.at(&back),
        IssueAdresse::Prise => Refus::Prise.at(&back),
        IssueAdresse::LienMort => back.clone(),
    });
    go(to, &back)
}
