use std::collections::BTreeMap;

use domain::formation::EtatPreinscription;
use leptos::prelude::*;

use super::port::{Deliberation, Essayee, Exclusion, Geste, Inscrits, ListePreinscriptions, Lot};
use crate::areas::formations::Presse;
use crate::areas::gestion::dossiers::{Decisions, Motif};
use crate::areas::gestion::si_active::{go_if_active, read_if_active};
use crate::base::adresses::{GESTION_FORMATIONS, gestion_formation_sub_path, with_parameter};
use crate::base::appel::appels;
use crate::base::appelants::Gestionnaire;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

notices! {
    /// On the list of a session.
    pub enum NoticePreinscriptions {
        Preinscrit = "preinscrit", true, "Le compte est préinscrit. La personne reçoit un courriel.";
        Deja = "deja", false, "Ce compte est déjà préinscrit à cette session\u{a0}: rien n’a été enregistré.";
        Complete = "complete", false, "Cette session est complète, et sa liste d’attente aussi. Rien n’a été enregistré.";
        Impossible = "impossible", false, "Ce compte ne peut pas être préinscrit\u{a0}: inactif, déjà pris à cette date, ou trop de préinscriptions en cours, ou préinscriptions closes.";
        Absent = "absent", false, "Aucun compte n’a cette référence.";
        Affluence = "affluence", false, "Trop de demandes au même moment\u{a0}: rien n’a été enregistré. Réessayez dans quelques secondes.";
    }
}

acces! {
    Gestionnaire: ReadInscrits, ReadDeliberation, Deliberate, TakeLotBack, PressFor;
}

appels! {
    ReadInscrits { id, parametres }
    ReadDeliberation { id, geste, ids, combien }
}

/// How many rows an address tells of: a longer list is cut.
const DITES_MAX: usize = 40;

/// A page of the list, and what there is to say of the last bulk, in sentences.
#[server(output = Paquet)]
pub async fn read_inscrits(
    id: i64,
    #[server(default)] parametres: BTreeMap<String, String>,
) -> Result<Option<Vue<Option<(ListePreinscriptions, Vec<String>)>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadInscrits>().await? else { return Ok(None) };
    let parametre = |name: &str| parametres.get(name).cloned().unwrap_or_default();
    let etats: Vec<EtatPreinscription> = EtatPreinscription::from_code(&parametre("etat")).into_iter().collect();
    let after = parametre("apres").parse().unwrap_or_default();
    let page = read_if_active(&ports, ports.of::<dyn Inscrits>().list(&by, id, &etats, after)).await?;
    let contenu = match page {
        Some(page) => Some((page, said_of(&ports, &by, id, &parametre("exclues")).await?)),
        None => None,
    };
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

/// What became of the rows that an address names, `12.place-15.change`: those without a place are counted, the others named.
async fn said_of(ports: &Ports, by: &Gestionnaire, session_id: i64, exclues: &str) -> Result<Vec<String>, ApiError> {
    let told: Vec<(i64, Exclusion)> = exclues
        .split('-')
        .filter_map(|one| {
            let (id, code) = one.split_once('.')?;
            Some((id.parse().ok()?, Exclusion::from_code(code)?))
        })
        .take(DITES_MAX)
        .collect();
    let full = told.iter().filter(|(_, why)| *why == Exclusion::PlusDePlace).count();
    let mut said = Vec::new();
    if full > 1 {
        said.push(format!("{full} personnes n’ont pas pu être retenues\u{a0}: il n’y avait plus de place."));
    }
    let alone: Vec<&(i64, Exclusion)> =
        told.iter().filter(|(_, why)| full <= 1 || *why != Exclusion::PlusDePlace).collect();
    if alone.is_empty() {
        return Ok(said);
    }
    let ids: Vec<i64> = alone.iter().map(|(id, _)| *id).collect();
    let names = ports.of::<dyn Inscrits>().named(by, session_id, &ids).await?;
    for (id, why) in alone {
        if let Some((_, name)) = names.iter().find(|(known, _)| known == id) {
            said.push(format!("{name} {}", why.label()));
        }
    }
    Ok(said)
}

/// What a gesture would do. `ids` have commas between them; without any, the first `combien` by rang are meant.
#[server(output = Paquet)]
pub async fn read_deliberation(
    id: i64,
    #[server(default)] geste: String,
    #[server(default)] ids: String,
    #[server(default)] combien: String,
) -> Result<Option<Vue<Option<Tentative>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadDeliberation>().await? else { return Ok(None) };
    let tried = try_out(&ports, &by, (id, &geste), &ids, &combien);
    let contenu = read_if_active(&ports, tried).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

type Tentative = (Geste, Vec<Essayee>, Vec<Motif>);

/// `None` when there is no such gesture.
async fn try_out(
    ports: &Ports,
    by: &Gestionnaire,
    (id, geste): (i64, &str),
    ids: &str,
    combien: &str,
) -> Reply<Option<Tentative>> {
    let Some(geste) = Geste::from_code(geste) else { return Ok(None) };
    let inscrits = ports.of::<dyn Inscrits>();
    let mut chosen: Vec<i64> = ids.split(',').filter_map(|id| id.parse().ok()).collect();
    if chosen.is_empty() {
        chosen = inscrits.first(by, id, combien.trim().parse().unwrap_or(0)).await?;
    }
    let essayees = inscrits.simulate(by, id, geste, &chosen).await?;
    let motifs = match geste.needs_a_motive() {
        true => ports.of::<dyn Decisions>().motifs(by).await?,
        false => Vec::new(),
    };
    Ok(Some((geste, essayees, motifs)))
}

/// `lignes`: « id.version » each, with commas between them.
#[server]
pub async fn deliberate(
    id: i64,
    #[server(default)] geste: String,
    #[server(default)] lignes: String,
    #[server(default)] motif: String,
    #[server(default)] observation: String,
    #[server(default)] accord: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<Deliberate>().await? else { return Ok(()) };
    let list = gestion_formation_sub_path(id, "preinscriptions");
    let Some(geste) = Geste::from_code(&geste) else { return go(Ok(list), GESTION_FORMATIONS) };
    let rows: Vec<(i64, i64)> = lignes.split(',').filter_map(row_and_version).collect();
    let ids: Vec<String> = rows.iter().map(|(id, _)| format!("id={id}")).collect();
    let form = format!("{list}/lot?geste={}&{}", geste.code(), ids.join("&"));
    let (motif, accord) = (motif.parse().ok(), !accord.is_empty());
    let what = Deliberation { geste, lignes: rows, motif, observation, accord };
    let to = async {
        let outcome = ports.of::<dyn Inscrits>().deliberate(&by, id, &what).await?;
        Ok(told(&list, &form, outcome))
    };
    go_if_active(&ports, to, &list).await
}

/// The address that tells how a bulk ended.
fn told(list: &str, form: &str, outcome: Lot) -> String {
    match outcome {
        Lot::Fait { lot, faites, exclues } => {
            let mut to = with_parameter(list, "faites", &faites.to_string());
            if !exclues.is_empty() {
                let codes: Vec<String> =
                    exclues.iter().take(DITES_MAX).map(|(id, why)| format!("{id}.{}", why.code())).collect();
                to = with_parameter(&to, "exclues", &codes.join("-"));
            }
            if lot.is_empty() || faites == 0 { to } else { with_parameter(&to, "lot", &lot) }
        }
        Lot::MotifManquant => Refus::Motif.at(form),
        Lot::AccordManquant => Refus::Cocher.at(form),
        Lot::Absente => GESTION_FORMATIONS.to_owned(),
    }
}

fn row_and_version(text: &str) -> Option<(i64, i64)> {
    let (id, version) = text.split_once('.')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}

/// « Annuler ma décision ».
#[server]
pub async fn take_lot_back(id: i64, #[server(default)] lot: String) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<TakeLotBack>().await? else { return Ok(()) };
    let list = gestion_formation_sub_path(id, "preinscriptions");
    let to = async {
        let (taken, left) = ports.of::<dyn Inscrits>().take_back(&by, &lot).await?;
        let to = with_parameter(&list, "reprises", &taken.to_string());
        if left.is_empty() {
            return Ok(to);
        }
        let codes: Vec<String> =
            left.iter().take(DITES_MAX).map(|id| format!("{id}.{}", Exclusion::Change.code())).collect();
        Ok(with_parameter(&to, "exclues", &codes.join("-")))
    };
    go_if_active(&ports, to, &list).await
}

/// Pre-registers the account of this reference.
#[server]
pub async fn press_for(
    id: i64,
    #[server(default)] compte: String,
    #[server(default)] raison: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<PressFor>().await? else { return Ok(()) };
    let list = gestion_formation_sub_path(id, "preinscriptions");
    if raison.trim().is_empty() {
        return go(Ok(Refus::Remarque.at(&list)), &list);
    }
    let to = async {
        let outcome = ports.of::<dyn Inscrits>().press_for(&by, id, &compte, &raison).await?;
        Ok(notice_of(&outcome).at(&list))
    };
    go_if_active(&ports, to, &list).await
}

fn notice_of(outcome: &Presse) -> NoticePreinscriptions {
    match outcome {
        Presse::Entree { .. } => NoticePreinscriptions::Preinscrit,
        Presse::Deja(_) => NoticePreinscriptions::Deja,
        Presse::Rien | Presse::Complete => NoticePreinscriptions::Complete,
        Presse::Impossible(_) => NoticePreinscriptions::Impossible,
        Presse::Affluence => NoticePreinscriptions::Affluence,
        Presse::Absente => NoticePreinscriptions::Absent,
    }
}
