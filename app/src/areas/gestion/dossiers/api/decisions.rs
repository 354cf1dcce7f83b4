use std::collections::BTreeMap;

use domain::Etape;
use domain::correction::Remarque;
use leptos::prelude::*;

use crate::areas::gestion::dossiers::port::{
    Annulation, Decision, Decisions, LOT_MAX, Lots, Motif, Simulation, Statuts, Verdict,
};
use crate::base::adresses::{DEMANDES, LOT, dossier_path, dossier_sub_path, liste_path, with_parameter};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::paquet::Paquet;
use crate::base::port::Reply;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

acces! {
    Gestionnaire: Validate, Refuse, RequestCorrections, CancelDecision, Reopen, SuspendAccount, ResumeAccount, ReadSimulation, DecideBulk,
        CancelBulk;
}

appels! {
    ReadSimulation { verdict, ids }
}

#[server]
pub async fn validate(id: i64, version: i64, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<Validate>().await? else { return Ok(()) };
    let decision = ports.of::<dyn Decisions>().validate(&by, id, version).await;
    decided(decision, id, &retour, "valider")
}

#[server]
pub async fn refuse(
    id: i64,
    version: i64,
    #[server(default)] motif: String,
    #[server(default)] message: String,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<Refuse>().await? else { return Ok(()) };
    let decision = ports.of::<dyn Decisions>().refuse(&by, id, version, motif.parse().ok(), &message).await;
    decided(decision, id, &retour, "refuser")
}

/// `remarques`: the texts, by « tab.field ».
#[server]
pub async fn request_corrections(
    id: i64,
    version: i64,
    #[server(default)] remarques: BTreeMap<String, String>,
    #[server(default)] message: String,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<RequestCorrections>().await? else { return Ok(()) };
    let remarques: Vec<Remarque> = remarques.into_iter().filter_map(|(place, texte)| remarque(&place, texte)).collect();
    let decision = ports.of::<dyn Decisions>().request_corrections(&by, id, version, &remarques, &message).await;
    decided(decision, id, &retour, "corrections")
}

fn remarque(place: &str, texte: String) -> Option<Remarque> {
    let (etape, champ) = place.split_once('.')?;
    Some(Remarque { etape: Etape::from_slug(etape)?, champ: champ.to_owned(), texte })
}

#[server]
pub async fn cancel_decision(id: i64, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<CancelDecision>().await? else { return Ok(()) };
    let file = dossier_path(id, &retour);
    let outcome = ports.of::<dyn Decisions>().cancel(&by, id).await.map(|outcome| match outcome {
        Annulation::Annulee => with_parameter(&file, "decision", "annulee"),
        Annulation::TropTard => with_parameter(&file, "decision", "effective"),
    });
    go(outcome, &file)
}

#[server]
pub async fn reopen(id: i64, version: i64, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<Reopen>().await? else { return Ok(()) };
    decided(ports.of::<dyn Statuts>().reopen(&by, id, version).await, id, &retour, "rouvrir")
}

#[server]
pub async fn suspend_account(
    id: i64,
    version: i64,
    #[server(default)] message: String,
    #[server(default)] liberer: String,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<SuspendAccount>().await? else { return Ok(()) };
    let suspended = ports.of::<dyn Statuts>().suspend(&by, id, version, &message, !liberer.is_empty()).await;
    decided(suspended, id, &retour, "suspendre")
}

#[server]
pub async fn resume_account(id: i64, version: i64, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<ResumeAccount>().await? else { return Ok(()) };
    decided(ports.of::<dyn Statuts>().resume(&by, id, version).await, id, &retour, "retablir")
}

/// Leads back to the file, which says how things stand. If the decision lacks something, leads to the form `action`.
fn decided(decision: Reply<Decision>, id: i64, retour: &str, action: &str) -> Result<(), ApiError> {
    let file = dossier_path(id, retour);
    let form = dossier_sub_path(id, action, retour);
    let to = decision.map(|decision| match decision {
        Decision::Prise => with_parameter(&file, "decision", "prise"),
        Decision::EnAttente { .. } => with_parameter(&file, "decision", "attente"),
        // The file itself says who decided what, and when.
        Decision::DejaPrise { .. } => with_parameter(&file, "decision", "deja"),
        Decision::PriseEnCharge(_) => with_parameter(&file, "decision", "suivie"),
        Decision::MotifManquant => Refus::Motif.at(&form),
        Decision::RemarqueManquante => Refus::Remarque.at(&form),
        Decision::MessageManquant => Refus::Message.at(&form),
        Decision::Introuvable => DEMANDES.to_owned(),
    });
    go(to, &file)
}

/// The effects of a bulk decision, before it is taken. `ids` have commas between them.
#[server(output = Paquet)]
pub async fn read_simulation(
    #[server(default)] verdict: String,
    #[server(default)] ids: String,
) -> Result<Option<Vue<(Vec<Simulation>, Vec<Motif>)>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadSimulation>().await? else { return Ok(None) };
    let verdict = Verdict::from_code(&verdict).unwrap_or(Verdict::Valider);
    let ids: Vec<i64> = ids.split(',').filter_map(|id| id.parse().ok()).take(LOT_MAX).collect();
    let simulations = ports.of::<dyn Lots>().dry_run(&by, verdict, &ids).await?;
    let motifs = ports.of::<dyn Decisions>().motifs(&by).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu: (simulations, motifs) }))
}

/// `dossiers`: « id.version » each, with commas between them.
#[server]
pub async fn decide_bulk(
    verdict: String,
    #[server(default)] dossiers: String,
    #[server(default)] motif: String,
    #[server(default)] message: String,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<DecideBulk>().await? else { return Ok(()) };
    let files: Vec<(i64, i64)> = dossiers.split(',').filter_map(file_and_version).take(LOT_MAX).collect();
    let refusal = (verdict == Verdict::Refuser.code()).then(|| (motif.parse().ok(), message.as_str()));
    let list = liste_path(&retour);
    let outcome = ports.of::<dyn Lots>().bulk(&by, &files, refusal).await.map(|bilan| match bilan {
        Some(bilan) => {
            let counted = with_parameter(
                &with_parameter(&list, "lot", &bilan.prises.to_string()),
                "ecartees",
                &bilan.ecartees.to_string(),
            );
            bilan.lot.map_or(counted.clone(), |lot| with_parameter(&counted, "annulable", &lot))
        }
        None => {
            let ids: Vec<String> = files.iter().map(|(id, _)| format!("id={id}")).collect();
            Refus::Motif.at(&format!("{LOT}?verdict={}&{}", Verdict::Refuser.code(), ids.join("&")))
        }
    });
    go(outcome, &list)
}

fn file_and_version(text: &str) -> Option<(i64, i64)> {
    let (id, version) = text.split_once('.')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}

#[server]
pub async fn cancel_bulk(#[server(default)] lot: String, #[server(default)] retour: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<CancelBulk>().await? else { return Ok(()) };
    let list = liste_path(&retour);
    let outcome = ports.of::<dyn Lots>().cancel_bulk(&by, &lot).await;
    go(outcome.map(|count| with_parameter(&list, "annulees", &count.to_string())), &list)
}
