use std::collections::BTreeMap;

use domain::Etape;
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::ports::{Decision, Dossier, FiltreDemandes, Gestionnaire, Motif, PageDemandes, Reply};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::droits::{acces, entrer};
use super::{ApiError, go};
use crate::gestion::DEMANDES;

acces! {
    Gestionnaire: ReadDemandes, ReadDossier, Validate, Refuse, RequestCorrections;
}

/// A page of the staff area: who looks, and what they see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vue<T> {
    pub qui: Qui,
    pub contenu: T,
}

/// Who looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qui {
    pub nom: String,
    pub administrateur: bool,
}

impl From<&Gestionnaire> for Qui {
    fn from(by: &Gestionnaire) -> Self {
        Self { nom: by.nom.clone(), administrateur: by.administrateur().is_some() }
    }
}

#[server]
pub async fn read_demandes(
    statut: String,
    recherche: String,
    apres: Option<String>,
) -> Result<Option<Vue<PageDemandes>>, ApiError> {
    let Some((by, services)) = entrer::<ReadDemandes>().await? else { return Ok(None) };
    let filtre = FiltreDemandes { statut: Statut::from_code(&statut), recherche, apres };
    let contenu = services.demandes.list(&by, &filtre).await?;
    Ok(Some(Vue { qui: Qui::from(&by), contenu }))
}

#[server]
pub async fn read_dossier(id: i64) -> Result<Option<Vue<Option<(Dossier, Vec<Motif>)>>>, ApiError> {
    let Some((by, services)) = entrer::<ReadDossier>().await? else { return Ok(None) };
    let contenu = match services.demandes.dossier(&by, id).await? {
        Some(dossier) => Some((dossier, services.demandes.motifs(&by).await?)),
        None => {
            services.exchange.not_found();
            None
        }
    };
    Ok(Some(Vue { qui: Qui::from(&by), contenu }))
}

#[server]
pub async fn validate(id: i64, version: i64) -> Result<(), ApiError> {
    let Some((by, services)) = entrer::<Validate>().await? else { return Ok(()) };
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
    let Some((by, services)) = entrer::<Refuse>().await? else { return Ok(()) };
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
    let Some((by, services)) = entrer::<RequestCorrections>().await? else { return Ok(()) };
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
