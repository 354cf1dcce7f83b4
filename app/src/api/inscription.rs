use std::collections::BTreeMap;

use domain::onglet::Kind;
use domain::ports::{BrouillonEnCours, DemandeEnvoyee, DraftKey, Envoi, Renvoi, Reply, Services};
use domain::{Cas, Contexte, Etape, Tableau};
use leptos::prelude::*;

use super::{ApiError, go, services};
use crate::inscription::{ANNULER, COLLECTIVITE, ENVOYEE, ORIENTATION, SERVICE_RH};

/// The orientation question. The choice may be missing: the page then asks again.
#[server]
pub async fn choose_cas(#[server(default)] cas: String) -> Result<(), ApiError> {
    go(start(&services(), &cas).await, ORIENTATION)
}

async fn start(services: &Services, cas: &str) -> Reply<String> {
    let cas = match Cas::from_code(cas) {
        None => return Ok(format!("{ORIENTATION}?erreur=choix")),
        Some(Cas::ServiceRh) => return Ok(SERVICE_RH.to_owned()),
        Some(cas) => cas,
    };
    let key = services.brouillons.start(services.exchange.draft_key().as_ref(), cas).await?;
    services.exchange.keep_draft_key(&key);
    Ok(COLLECTIVITE.to_owned())
}

/// « Valider » on the collectivité: what was typed, or the key of a radio.
#[server]
pub async fn choose_collectivite(
    #[server(default)] collectivite: String,
    #[server(default)] cle: String,
) -> Result<(), ApiError> {
    let text = if cle.is_empty() { collectivite } else { cle };
    go(choose(&services(), &text).await, COLLECTIVITE)
}

async fn choose(services: &Services, text: &str) -> Reply<String> {
    let Some(key) = services.exchange.draft_key() else { return Ok(ORIENTATION.to_owned()) };
    if text.trim().is_empty() {
        return Ok(format!("{COLLECTIVITE}?erreur=vide"));
    }
    let found = services.annuaire.named(text).await?;
    let [collectivite] = found.as_slice() else {
        let kind = if found.is_empty() { "inconnue" } else { "plusieurs" };
        return Ok(format!("{COLLECTIVITE}?erreur={kind}&q={}", crate::browser::encode(text)));
    };
    if !collectivite.is_generic() {
        return Ok(format!("{COLLECTIVITE}?ordinaire={}", collectivite.cle));
    }
    Ok(match services.brouillons.choose_collectivite(&key, collectivite).await? {
        true => Etape::Identite.path(),
        false => ORIENTATION.to_owned(),
    })
}

/// The draft behind the cookie; redirects when there is none, to what its holder has already sent or to the start.
#[server]
pub async fn read_draft() -> Result<Tableau, ApiError> {
    let services = services();
    let Some(key) = services.exchange.draft_key() else {
        services.exchange.redirect(ORIENTATION);
        return Ok(Tableau::default());
    };
    let draft = services.brouillons.current(&key).await?;
    match &draft {
        None => {
            let sent = services.inscriptions.sent(&key).await?.is_some();
            services.exchange.redirect(if sent { ENVOYEE } else { ORIENTATION });
        }
        Some(draft) if draft.collectivite.is_none() => services.exchange.redirect(COLLECTIVITE),
        Some(_) => {}
    }
    Ok(draft.filter(|draft| draft.collectivite.is_some()).as_ref().map(Tableau::from).unwrap_or_default())
}

/// One of the buttons at the end of a tab. Whatever it is, what was typed is kept first.
#[server]
pub async fn save_tab(
    etape: Etape,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] vers: String,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let back = etape.path();
    go(leave_tab(&services(), etape, champs, &vers, &retour).await, &back)
}

async fn leave_tab(
    services: &Services,
    etape: Etape,
    champs: BTreeMap<String, String>,
    vers: &str,
    retour: &str,
) -> Reply<String> {
    let orientation = || Ok(ORIENTATION.to_owned());
    let Some(key) = services.exchange.draft_key() else { return orientation() };
    let forward = !matches!(vers, "precedent" | "annuler");
    let fields = with_unchecked(etape, champs);
    let Some(draft) = services.brouillons.save(&key, etape, &fields, forward).await? else { return orientation() };
    match vers {
        "precedent" => return Ok(etape.previous().map_or_else(|| COLLECTIVITE.to_owned(), Etape::path)),
        "annuler" => return Ok(ANNULER.to_owned()),
        _ => {}
    }
    if !draft.brouillon.onglet(etape).errors(&contexte(&draft)).is_empty() {
        let retour = if retour == "validation" { "&retour=validation" } else { "" };
        return Ok(format!("{}?verifier=1{retour}", etape.path()));
    }
    match etape.next() {
        Some(_) if retour == "validation" => Ok(Etape::Validation.path()),
        Some(next) => Ok(next.path()),
        None => submit(services, &key).await,
    }
}

/// A browser sends nothing for a box that is not ticked, and that is an answer too.
fn with_unchecked(etape: Etape, mut champs: BTreeMap<String, String>) -> Vec<(String, String)> {
    let blank = domain::Brouillon::default();
    let onglet = blank.onglet(etape);
    let any = Contexte { cas: Cas::Personnel, today: time_floor() };
    for (at, spec) in onglet.specs().iter().enumerate() {
        if onglet.kind(at, &any) == Kind::Checkbox {
            champs.entry(spec.name.to_owned()).or_default();
        }
    }
    champs.into_iter().collect()
}

async fn submit(services: &Services, key: &DraftKey) -> Reply<String> {
    Ok(match services.inscriptions.submit(&services.exchange.client(), key).await? {
        Envoi::Enregistre => ENVOYEE.to_owned(),
        Envoi::Incomplet(Some(etape)) => format!("{}?verifier=1&retour=validation", etape.path()),
        Envoi::Incomplet(None) => COLLECTIVITE.to_owned(),
        Envoi::BrouillonAbsent => ORIENTATION.to_owned(),
    })
}

/// Keeps what is being typed. A row `garde`, or none when the draft is gone.
#[server]
pub async fn autosave(etape: Etape, #[server(default)] champs: BTreeMap<String, String>) -> Result<Tableau, ApiError> {
    let services = services();
    let mut table = Tableau::default();
    let Some(key) = services.exchange.draft_key() else { return Ok(table) };
    let fields: Vec<_> = champs.into_iter().collect();
    if services.brouillons.save(&key, etape, &fields, false).await?.is_some() {
        table.push("garde", []);
    }
    Ok(table)
}

#[server]
pub async fn erase_draft() -> Result<(), ApiError> {
    let services = services();
    let erased = match services.exchange.draft_key() {
        Some(key) => services.brouillons.erase(&key).await,
        None => Ok(()),
    };
    services.exchange.forget_draft_key();
    go(erased.map(|()| format!("{ORIENTATION}?efface=1")), ANNULER)
}

#[server]
pub async fn read_sent() -> Result<Option<DemandeEnvoyee>, ApiError> {
    let services = services();
    let sent = match services.exchange.draft_key() {
        Some(key) => services.inscriptions.sent(&key).await?,
        None => None,
    };
    if sent.is_none() {
        services.exchange.redirect(ORIENTATION);
    }
    Ok(sent)
}

#[server]
pub async fn resend() -> Result<(), ApiError> {
    let services = services();
    let Some(key) = services.exchange.draft_key() else { return go(Ok(ORIENTATION.to_owned()), ORIENTATION) };
    let done = services.inscriptions.resend(&services.exchange.client(), &key).await;
    go(done.map(after_resend), ENVOYEE)
}

#[server]
pub async fn correct_address(#[server(default)] courriel: String) -> Result<(), ApiError> {
    let services = services();
    let Some(key) = services.exchange.draft_key() else { return go(Ok(ORIENTATION.to_owned()), ORIENTATION) };
    let done = services.inscriptions.correct_address(&services.exchange.client(), &key, &courriel).await;
    go(done.map(after_resend), ENVOYEE)
}

fn after_resend(outcome: Renvoi) -> String {
    let code = match outcome {
        Renvoi::Envoye => "renvoye=1",
        Renvoi::TropDeCourriels => "erreur=courriels",
        Renvoi::AdresseInvalide => "erreur=adresse",
        Renvoi::SansObjet => "erreur=sansobjet",
    };
    format!("{ENVOYEE}?{code}")
}

/// What the draft's rules depend on.
pub fn contexte(draft: &BrouillonEnCours) -> Contexte {
    contexte_of(draft.cas, draft.today)
}

/// `today`: year, month 1–12, day.
pub fn contexte_of(cas: Cas, (year, month, day): (i32, u8, u8)) -> Contexte {
    let today = time::Month::try_from(month)
        .ok()
        .and_then(|month| time::Date::from_calendar_date(year, month, day).ok())
        .unwrap_or_else(time_floor);
    Contexte { cas, today }
}

/// Where the day does not matter.
fn time_floor() -> time::Date {
    time::Date::MIN
}
