use leptos::prelude::*;

use super::port::{Expedition, ListeCourriels, VoletCourriels};
use crate::base::adresses::COURRIELS;
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::vue::{Qui, Vue};

notices! {
    /// On the page of the mails.
    pub enum NoticeCourriels {
        Renvoye = "renvoye", true, "Le courriel est remis en file\u{a0}: il part dans un instant.";
        TropTard = "trop-tard", false, "Ce courriel n’est plus abandonné\u{a0}: rien n’a été fait.";
        Repris = "repris", true, "L’envoi reprend.";
    }
}

acces! {
    Gestionnaire: ReadCourriels, Requeue, ResumeCourriels;
    Administrateur: PauseCourriels;
}

appels! {
    ReadCourriels { volet, apres }
}

#[server(output = Paquet)]
pub async fn read_courriels(
    #[server(default)] volet: String,
    #[server(default)] apres: String,
) -> Result<Option<Vue<ListeCourriels>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadCourriels>().await? else { return Ok(None) };
    let volet = VoletCourriels::from_code(&volet).unwrap_or(VoletCourriels::EnFile);
    let contenu = ports.of::<dyn Expedition>().outbox_page(&by, volet, apres.parse().ok()).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn requeue(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<Requeue>().await? else { return Ok(()) };
    let back = format!("{COURRIELS}?volet=abandonnes");
    let done = ports.of::<dyn Expedition>().requeue(&by, id).await;
    go(done.map(|done| (if done { NoticeCourriels::Renvoye } else { NoticeCourriels::TropTard }).at(&back)), &back)
}

#[server]
pub async fn pause_courriels() -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<PauseCourriels>().await? else { return Ok(()) };
    go(ports.of::<dyn Expedition>().pause(&by).await.map(|()| COURRIELS.to_owned()), COURRIELS)
}

#[server]
pub async fn resume_courriels() -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ResumeCourriels>().await? else { return Ok(()) };
    go(ports.of::<dyn Expedition>().unpause(&by).await.map(|()| NoticeCourriels::Repris.at(COURRIELS)), COURRIELS)
}
