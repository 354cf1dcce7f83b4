use std::collections::BTreeMap;

use domain::Etape;
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::ports::{Decision, Dossier, FiltreDemandes, Gestionnaire, Motif, PageDemandes, Reply};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{ApiError, gestionnaire, go, or_login, services};
use crate::gestion::{DEMANDES, STAFF_LOGIN};

/// A page of the staff area: who looks, and what they see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vue<T> {
    pub nom: String,
    pub contenu: T,
}

/// The gestionnaire, or nobody after a redirect to the staff login.
async fn proved() -> Result<Option<Gestionnaire>, ApiError> {
    or_login(gestionnaire().await, STAFF_LOGIN)
}

#[server]
pub async fn read_demandes(
    statut: String,
    recherche: String,
    apres: Option<String>,
) -> Result<Option<Vue<PageDemandes>>, ApiError> {
    let services = services();
    let Some(by) = proved().await? else { return Ok(None) };
    let filtre = FiltreDemandes { statut: Statut::from_code(&statut), recherche, apres };
    let contenu = services.demandes.list(&by, &filtre).await?;
    Ok(Some(Vue { nom: by.nom, contenu }))
}

#[server]
pub async fn read_dossier(id: i64) -> Result<Option<Vue<Option<(Dossier, Vec<Motif>)>>>, ApiError> {
    let services = services();
    let Some(by) = proved().await? else { return Ok(None) };
    let contenu = match services.demandes.dossier(&by, id).await? {
        Some(dossier) => Some((dossier, services.demandes.motifs(&by).await?)),
        None => {
            services.exchange.not_found();
            None
        }
    };
    Ok(Some(Vue { nom: by.nom, contenu }))
}

#[server]
pub async fn validate(id: i64, version: i64) -> Result<(), ApiError> {
    let services = services();
    let Some(by) = proved().await? else { return Ok(()) };
    let file = format!("{DEMANDES}/{id}");
    go(after_decision(services.demandes.validate(&by, id, version).await, &file, "valider"), &file)
}

#[server]
pub async fn refuse(
    id: i64,
    version: i64,
    #[server(default)] motif: String,
    #[server(default)] message: String,
) -> Result<(), ApiError> {
    let services = services();
    let Some(by) = proved().await? else { return Ok(()) };
    let file = format!("{DEMANDES}/{id}");
    let decision = services.demandes.refuse(&by, id, version, motif.parse().ok(), &message).await;
    go(after_decision(decision, &file, "refuser"), &file)
}

/// `remarques`: by « tab.field ».
#[server]
pub async fn request_corrections(
    id: i64,
    version: i64,
    #[server(default)] remarques: BTreeMap<String, String>,
    #[server(default)] message: String,
) -> Result<(), ApiError> {
    let services = services();
    let Some(by) = proved().await? else { return Ok(()) };
    let file = format!("{DEMANDES}/{id}");
    let remarques: Vec<Remarque> = remarques.into_iter().filter_map(|(place, texte)| remarque(&place, texte)).collect();
    let decision = services.demandes.request_corrections(&by, id, version, &remarques, &message).await;
    go(after_decision(decision, &file, "corrections"), &file)
}

fn remarque(place: &str, texte: String) -> Option<Remarque> {
    let (etape, champ) = place.split_once('.')?;
    Some(Remarque { etape: Etape::from_slug(etape)?, champ: champ.to_owned(), texte })
}

fn after_decision(decision: Reply<Decision>, file: &str, action: &str) -> Reply<String> {
    Ok(match decision? {
        Decision::Prise => format!("{file}?decision=prise"),
        // The file itself says who decided what, and when.
        Decision::DejaPrise { .. } => format!("{file}?decision=deja"),
        Decision::MotifManquant => format!("{file}/{action}?erreur=motif"),
        Decision::RemarqueManquante => format!("{file}/{action}?erreur=remarque"),
        Decision::Introuvable => DEMANDES.to_owned(),
    })
}
