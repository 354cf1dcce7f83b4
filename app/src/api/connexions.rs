use domain::ports::{Connecte, ConnexionOuverte, ConnexionToken, ConnexionsDe, Ports, Reply, Titulaire};
use leptos::prelude::*;

use super::notices::{NoticeDossier, NoticeEquipe, NoticeServicesFormation};
use crate::api::appel::appels;
use crate::api::vue::{Qui, Vue};
use crate::base::adresses::{
    DEMANDES, EQUIPE, MON_COMPTE, REGLAGES, SERVICE_FORMATION, SERVICES_FORMATION, dossier_path,
};
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::Notice;
use crate::base::paquet::Paquet;

acces! {
    Connecte: CloseConnexion, CloseOtherConnexions, FailuresSeen;
    Administrateur: ReadConnexionsOf, EndConnexions;
}

appels! {
    ReadConnexionsOf { de, id }
}

#[server]
pub async fn close_connexion(#[server(default)] id: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<CloseConnexion>().await? else { return Ok(()) };
    let back = page_of(&who);
    go(ports.connexions.close_connexion(&who, &id).await.map(|()| format!("{back}?connexions=1")), back)
}

#[server]
pub async fn close_other_connexions() -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<CloseOtherConnexions>().await? else { return Ok(()) };
    let back = page_of(&who);
    go(ports.connexions.close_other_connexions(&who).await.map(|()| format!("{back}?connexions=1")), back)
}

/// « J’ai compris »: the connexion stops telling of failed passwords.
#[server]
pub async fn failures_seen() -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<FailuresSeen>().await? else { return Ok(()) };
    let back = match who.titulaire {
        Titulaire::Gestionnaire(_) => DEMANDES,
        _ => page_of(&who),
    };
    go(ports.connexions.failures_seen(&who).await.map(|()| back.to_owned()), back)
}

/// The connexions that an administrateur is about to end. `de` is « membre », « compte » or « service ».
#[server(output = Paquet)]
pub async fn read_connexions_of(de: String, id: i64) -> Result<Option<Vue<Option<ConnexionsDe>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadConnexionsOf>().await? else { return Ok(None) };
    let contenu = match titulaire(&de, id) {
        Some(whose) => ports.connexions.connexions_of(&by, whose).await?,
        None => None,
    };
    if contenu.is_none() {
        ports.exchange.not_found();
    }
    Ok(Some(Vue { qui: Qui::from(&*by), contenu }))
}

#[server]
pub async fn end_connexions(
    #[server(default)] de: String,
    id: i64,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<EndConnexions>().await? else { return Ok(()) };
    let Some(whose) = titulaire(&de, id) else { return go(Ok(EQUIPE.to_owned()), EQUIPE) };
    let back = match whose {
        Titulaire::Formateur(id) => dossier_path(id, &retour),
        Titulaire::ServiceFormation(_) => SERVICES_FORMATION.to_owned(),
        Titulaire::Gestionnaire(_) => EQUIPE.to_owned(),
    };
    let outcome = ports.connexions.end_connexions(&by, whose).await;
    let to = |ended| match (whose, ended) {
        (Titulaire::Formateur(_), true) => NoticeDossier::Connexions.at(&back),
        (Titulaire::Formateur(_), false) => NoticeDossier::SansObjet.at(&back),
        (Titulaire::ServiceFormation(_), true) => NoticeServicesFormation::Connexions.at(&back),
        (Titulaire::ServiceFormation(_), false) => NoticeServicesFormation::SansObjet.at(&back),
        (Titulaire::Gestionnaire(_), true) => NoticeEquipe::Connexions.at(&back),
        (Titulaire::Gestionnaire(_), false) => NoticeEquipe::SansObjet.at(&back),
    };
    go(outcome.map(to), &back)
}

fn titulaire(de: &str, id: i64) -> Option<Titulaire> {
    match de {
        "membre" => Some(Titulaire::Gestionnaire(id)),
        "compte" => Some(Titulaire::Formateur(id)),
        "service" => Some(Titulaire::ServiceFormation(id)),
        _ => None,
    }
}

/// The page that lists the caller's connexions.
fn page_of(who: &Connecte) -> &'static str {
    match who.titulaire {
        Titulaire::Formateur(_) => MON_COMPTE,
        Titulaire::ServiceFormation(_) => SERVICE_FORMATION,
        Titulaire::Gestionnaire(_) => REGLAGES,
    }
}

/// The caller's own connexions, for a page whose caller was just proved.
pub(super) async fn own_connexions(ports: &Ports) -> Reply<Vec<ConnexionOuverte>> {
    let Some(connexion) = ports.exchange.connexion() else { return Ok(Vec::new()) };
    match ports.connexions.connected(&connexion).await? {
        Some(who) => ports.connexions.open_connexions(&who).await,
        None => Ok(Vec::new()),
    }
}

/// Signs in: the browser keeps this connexion, and the connexion that it came with ends.
pub(super) async fn begin(ports: &Ports, connexion: &ConnexionToken) -> Reply<()> {
    let before = ports.exchange.connexion();
    ports.exchange.keep_connexion(connexion);
    ports.connexions.arrive(connexion, before.as_ref(), &ports.exchange.browser()).await
}
