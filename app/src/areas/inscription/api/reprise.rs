use domain::Etape;
use leptos::prelude::*;

use crate::areas::acces::Lien;
use crate::areas::inscription::port::{Brouillons, EnvoiLien, Reprise, Reprises};
use crate::base::adresses::{COLLECTIVITE, encode};
use crate::base::appel::appels;
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::{ApiError, go};
use crate::base::exchange::DraftKey;
use crate::base::paquet::Paquet;
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;

acces! {
    Public: ReadReprise, Resume;
}

appels! {
    ReadReprise { token }
}

/// « Recevoir un lien pour reprendre ». Gives the word for the address of the tab that the form leads back to.
pub(super) async fn send_link(ports: &Ports, key: &DraftKey) -> Reply<&'static str> {
    Ok(match ports.of::<dyn Reprises>().send_link(&ports.exchange.client(), key).await? {
        EnvoiLien::Envoye => "envoye",
        EnvoiLien::TropDeCourriels => "courriels",
        EnvoiLien::SansAdresse | EnvoiLien::SansDate | EnvoiLien::BrouillonAbsent => "sans",
    })
}

#[server(output = Paquet)]
pub async fn read_reprise(token: String) -> Result<Lien<()>, ApiError> {
    Ok(ouvert::<ReadReprise>().of::<dyn Reprises>().open(&token).await?)
}

#[server]
pub async fn resume(token: String, #[server(default)] date_naissance: String) -> Result<(), ApiError> {
    let back = format!("/reprendre/{}", encode(&token));
    go(open_draft(&ouvert::<Resume>(), &token, &date_naissance, &back).await, &back)
}

async fn open_draft(ports: &Ports, token: &str, date_naissance: &str, back: &str) -> Reply<String> {
    let key = match ports.of::<dyn Reprises>().resume(&ports.exchange.client(), token, date_naissance).await? {
        Reprise::Ouverte(key) => key,
        Reprise::Illisible => return Ok(Refus::Date.at(back)),
        Reprise::Fausse { restants } => return Ok(Refus::Fausse.with(back, "essais", restants)),
        Reprise::LienMort => return Ok(back.to_owned()),
    };
    ports.exchange.keep_draft_key(&key);
    let draft = ports.of::<dyn Brouillons>().current(&key).await?.filter(|draft| draft.collectivite.is_some());
    Ok(draft.map_or_else(
        || COLLECTIVITE.to_owned(),
        |draft| draft.brouillon.first_incomplete(&draft.contexte()).unwrap_or(Etape::Validation).path(),
    ))
}
