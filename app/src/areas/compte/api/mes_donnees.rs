use domain::exploitant::Exploitant;
use leptos::prelude::*;

use crate::areas::compte::port::{DonneesPersonnelles, IssueEffacement, MesDonnees};
use crate::base::adresses::{EFFACE, EFFACER};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;

acces! {
    Formateur: ReadMesDonnees, EraseAccount;
}

appels! {
    ReadMesDonnees {}
}

/// The data kept about the person, and the operator to write to.
#[server(output = Paquet)]
pub async fn read_mes_donnees() -> Result<Option<(MesDonnees, Exploitant)>, ApiError> {
    let Some((who, ports)) = entrer::<ReadMesDonnees>().await? else { return Ok(None) };
    let mine = ports.of::<dyn DonneesPersonnelles>().about_me(&who).await?;
    Ok(Some((mine, ports.exploitant.as_ref().clone())))
}

#[server]
pub async fn erase_account(#[server(default)] mot_de_passe: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<EraseAccount>().await? else { return Ok(()) };
    let client = ports.exchange.client();
    let outcome = ports.of::<dyn DonneesPersonnelles>().erase_account(&client, &who, &mot_de_passe).await;
    let to = outcome.map(|outcome| match outcome {
        IssueEffacement::Efface => {
            ports.exchange.forget_connexion();
            EFFACE.to_owned()
        }
        IssueEffacement::MotDePasseFaux => Refus::Passe.at(EFFACER),
        IssueEffacement::Retarde { minutes } => Refus::Delai.with(EFFACER, "minutes", minutes),
        IssueEffacement::Conserve => EFFACER.to_owned(),
    });
    go(to, EFFACER)
}
