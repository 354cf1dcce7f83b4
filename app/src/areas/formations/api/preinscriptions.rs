use domain::formation::{EtatPreinscription, SiComplet};
use domain::{ReferencePreinscription, Tableau};
use leptos::prelude::*;

use super::catalogue::parse_adresse;
use crate::areas::formations::avis::{NoticeFormation, NoticePreinscription};
use crate::areas::formations::port::{Preinscriptions, Presse, Reponse, Voeu};
use crate::base::adresses::{FORMATIONS, MES_PREINSCRIPTIONS, formation_path, preinscription_path};
use crate::base::appel::appels;
use crate::base::appelants::Formateur;
use crate::base::contexte;
use crate::base::droits::{Acces, acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::Notice;
use crate::base::port::Ports;
use crate::base::refus::Refus;
use crate::base::routage::Recherche;

acces! {
    Formateur: ReadPreinscriptions, ReadPreinscription, AskPlace, AcceptOffer, DeclineOffer, WithdrawPreinscription;
}

appels! {
    ReadPreinscriptions { recherche }
    ReadPreinscription { chemin, recherche }
}

/// How long the expectations of a person may be, in characters.
pub const ATTENTES_MAX: usize = 500;

/// The form says by these words what its page showed: a place, or the list.
pub const VU_PLACES: &str = "places";
pub const VU_LISTE: &str = "liste";

/// All of one's préinscriptions.
#[server]
pub async fn read_preinscriptions(#[server(default)] recherche: String) -> Result<Tableau, ApiError> {
    use crate::areas::formations::html;

    if !is_active() {
        return Ok(html::introuvable().into());
    }
    let Some((who, ports)) = entrer::<ReadPreinscriptions>().await? else { return Ok(Tableau::default()) };
    let mine = ports.of::<dyn Preinscriptions>().mine(&who).await?;
    Ok(html::mes_preinscriptions(mine, &Recherche::read(&recherche)).into())
}

/// One's préinscription, or the page that gives it up, by its path. 404 when there is none, and for another's.
#[server]
pub async fn read_preinscription(chemin: String, #[server(default)] recherche: String) -> Result<Tableau, ApiError> {
    use crate::areas::formations::html;

    if !is_active() {
        return Ok(html::introuvable().into());
    }
    let Some((who, ports)) = entrer::<ReadPreinscription>().await? else { return Ok(Tableau::default()) };
    let named = chemin.strip_prefix(MES_PREINSCRIPTIONS).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
    let (reference, gives_up) = named.strip_suffix("/annuler").map_or((named, false), |reference| (reference, true));
    let found = match reference.parse::<ReferencePreinscription>() {
        Ok(reference) => ports.of::<dyn Preinscriptions>().one(&who, reference).await?,
        Err(_) => None,
    };
    let Some(found) = found else {
        ports.exchange.not_found();
        return Ok(html::introuvable().into());
    };
    let recherche = Recherche::read(&recherche);
    if !gives_up {
        return Ok(html::preinscription(found, &recherche).into());
    }
    if !found.may_be_withdrawn() {
        ports.exchange.redirect(&page_of(found.reference));
        return Ok(Tableau::default());
    }
    Ok(html::annuler(found, &recherche).into())
}

/// Asks for a place. `vu` is what the page of the session showed.
#[server]
pub async fn ask_place(
    #[server(default)] adresse: String,
    #[server(default)] si_complet: String,
    #[server(default)] attentes: String,
    #[server(default)] contact_referent: String,
    #[server(default)] vu: String,
) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer_si_active::<AskPlace>().await? else { return Ok(()) };
    let Some((code, numero)) = parse_adresse(&adresse) else {
        return go(Ok(Refus::Absent.at(FORMATIONS)), FORMATIONS);
    };
    let page = formation_path(&format!("{}/{numero:03}", code.as_str()));
    if attentes.replace("\r\n", "\n").trim().chars().count() > ATTENTES_MAX {
        return go(Ok(Refus::Long.at(&page)), &page);
    }
    let si_complet = SiComplet::from_code(&si_complet).unwrap_or_default();
    let voeu = Voeu { si_complet, attentes, contact_referent: !contact_referent.is_empty() };
    let received = ports.exchange.received();
    let pressed = ports.of::<dyn Preinscriptions>().press(&who, received, code.as_str(), numero, &voeu).await;
    go(pressed.map(|pressed| after_press(pressed, &page, vu == VU_PLACES)), &page)
}

/// Where a press leads. `expected`: the page showed a free place.
fn after_press(pressed: Presse, page: &str, expected: bool) -> String {
    match pressed {
        Presse::Entree { reference, etat } => {
            let notice = match etat {
                EtatPreinscription::Retenue => NoticePreinscription::Retenue,
                EtatPreinscription::AvisDemande => NoticePreinscription::Avis,
                EtatPreinscription::ListeAttente if expected => NoticePreinscription::Derniere,
                EtatPreinscription::ListeAttente => NoticePreinscription::Liste,
                _ => NoticePreinscription::Examen,
            };
            notice.at(&page_of(reference))
        }
        Presse::Deja(reference) => NoticePreinscription::Deja.at(&page_of(reference)),
        Presse::Rien if expected => NoticeFormation::DerniereRien.at(page),
        Presse::Rien => NoticeFormation::Rien.at(page),
        Presse::Complete => NoticeFormation::Complete.at(page),
        // The page says why.
        Presse::Impossible(_) => Refus::Refuse.at(page),
        Presse::Affluence => Refus::Affluence.at(page),
        Presse::Absente => Refus::Absent.at(FORMATIONS),
    }
}

/// Takes the place that was offered.
#[server]
pub async fn accept_offer(#[server(default)] reference: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer_si_active::<AcceptOffer>().await? else { return Ok(()) };
    let Ok(reference) = reference.parse() else { return absent() };
    let answer = ports.of::<dyn Preinscriptions>().accept(&who, reference).await;
    go(answer.map(|answer| after(answer, reference, NoticePreinscription::Acceptee)), &page_of(reference))
}

/// Gives back the place that was offered.
#[server]
pub async fn decline_offer(#[server(default)] reference: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer_si_active::<DeclineOffer>().await? else { return Ok(()) };
    let Ok(reference) = reference.parse() else { return absent() };
    let answer = ports.of::<dyn Preinscriptions>().decline(&who, reference).await;
    go(answer.map(|answer| after(answer, reference, NoticePreinscription::Declinee)), &page_of(reference))
}

/// Gives one's préinscription up.
#[server]
pub async fn withdraw_preinscription(#[server(default)] reference: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer_si_active::<WithdrawPreinscription>().await? else { return Ok(()) };
    let Ok(reference) = reference.parse() else { return absent() };
    let answer = ports.of::<dyn Preinscriptions>().withdraw(&who, reference).await;
    go(answer.map(|answer| after(answer, reference, NoticePreinscription::Annulee)), &page_of(reference))
}

/// Where an answer to an offer, or a withdrawal, leads: the page of the row, which says what happened.
fn after(answer: Reponse, reference: ReferencePreinscription, done: NoticePreinscription) -> String {
    let notice = match answer {
        Reponse::Faite => done,
        Reponse::Passee { .. } => NoticePreinscription::Passee,
        Reponse::Chevauche { .. } => NoticePreinscription::Chevauche,
        Reponse::Perimee => NoticePreinscription::Perimee,
        Reponse::Absente => return Refus::Absent.at(MES_PREINSCRIPTIONS),
    };
    notice.at(&page_of(reference))
}

fn page_of(reference: ReferencePreinscription) -> String {
    preinscription_path(&reference.to_string())
}

/// No such préinscription of this person.
fn absent() -> Result<(), ApiError> {
    go(Ok(Refus::Absent.at(MES_PREINSCRIPTIONS)), MES_PREINSCRIPTIONS)
}

/// Whether persons pre-register here. If not, these pages are not there, whoever asks.
fn is_active() -> bool {
    let ports = contexte::ports();
    if !ports.exploitant.preinscription_active {
        ports.exchange.not_found();
    }
    ports.exploitant.preinscription_active
}

/// The caller of a form, while persons pre-register here. If not, a script gets a 404, and a form leads to a page that is
/// not there.
async fn entrer_si_active<F: Acces<Qui = Formateur>>() -> Result<Option<(Formateur, Ports)>, ApiError> {
    let ports = contexte::ports();
    if ports.exploitant.preinscription_active {
        return entrer::<F>().await;
    }
    ports.exchange.fail(404, None);
    ports.exchange.redirect(FORMATIONS);
    Ok(None)
}
