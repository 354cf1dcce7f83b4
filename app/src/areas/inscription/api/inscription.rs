use std::collections::BTreeMap;

use domain::onglet::Kind;
use domain::saisie::Ecriture;
use domain::valeurs::{CodePostal, Pays};
use domain::{BrouillonEnCours, Cas, Contexte, Etape, Tableau, saisie};
use leptos::prelude::*;

use super::reouverture::reopen;
use super::reprise::send_link;
use crate::areas::inscription::port::{Brouillons, Envoi, Inscriptions, Renvoi};
use crate::base::adresses::{ANNULER, COLLECTIVITE, ENVOYEE, ORIENTATION, SERVICE_RH, encode, with_parameter};
use crate::base::appel::appels;
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::{ApiError, go};
use crate::base::exchange::DraftKey;
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;
use crate::onglet::annuaire::Annuaire;

acces! {
    Public: ChooseCas, ChooseCollectivite, ReadDraft, SaveTab, Autosave, EraseDraft, Resend, CorrectAddress;
}

appels! {
    ReadDraft { etape }
}

/// The orientation question. The choice may be missing: the page then asks again.
#[server]
pub async fn choose_cas(#[server(default)] cas: String, #[server(default)] retour: String) -> Result<(), ApiError> {
    go(start(&ouvert::<ChooseCas>(), &cas, &retour).await, ORIENTATION)
}

async fn start(ports: &Ports, cas: &str, retour: &str) -> Reply<String> {
    let cas = match Cas::from_code(cas) {
        None => return Ok(Refus::Choix.at(ORIENTATION)),
        Some(Cas::ServiceRh) => return Ok(SERVICE_RH.to_owned()),
        Some(cas) => cas,
    };
    let key =
        ports.of::<dyn Brouillons>().start(&ports.exchange.client(), ports.exchange.draft_key().as_ref(), cas).await?;
    ports.exchange.keep_draft_key(&key);
    // Without an employer the recap leads to the choice of one.
    Ok(if retour == "validation" { Etape::Validation.path() } else { COLLECTIVITE.to_owned() })
}

/// « Valider » on the page of the collectivité, with the typed text or the key of a radio.
#[server]
pub async fn choose_collectivite(
    #[server(default)] collectivite: String,
    #[server(default)] cle: String,
) -> Result<(), ApiError> {
    let text = if cle.is_empty() { collectivite } else { cle };
    go(choose(&ouvert::<ChooseCollectivite>(), &text).await, COLLECTIVITE)
}

async fn choose(ports: &Ports, text: &str) -> Reply<String> {
    // The page before set this cookie, so the browser refuses cookies.
    let Some(key) = ports.exchange.draft_key() else { return Ok(Refus::Cookies.at(ORIENTATION)) };
    if text.trim().is_empty() {
        return Ok(Refus::Vide.at(COLLECTIVITE));
    }
    let found = ports.of::<dyn Annuaire>().named(Some(&ports.exchange.client()), text).await?;
    let [collectivite] = found.as_slice() else {
        let why = if found.is_empty() { Refus::Inconnue } else { Refus::Plusieurs };
        return Ok(why.with(COLLECTIVITE, "q", encode(text)));
    };
    if !collectivite.is_generic() {
        return Ok(format!("{COLLECTIVITE}?ordinaire={}", collectivite.cle));
    }
    Ok(match ports.of::<dyn Brouillons>().choose_collectivite(&key, collectivite).await? {
        true => Etape::Identite.path(),
        false => ORIENTATION.to_owned(),
    })
}

/// The draft behind the cookie. If there is none, redirects to the page of the sent request, or to the start. The tab
/// of the addresses comes with the communes of its postal code. The last tab comes with the server's reading of the
/// others.
#[server]
pub async fn read_draft(etape: Etape) -> Result<Tableau, ApiError> {
    let ports = ouvert::<ReadDraft>();
    let Some(key) = ports.exchange.draft_key() else {
        ports.exchange.redirect(ORIENTATION);
        return Ok(Tableau::default());
    };
    let draft = ports.of::<dyn Brouillons>().current(&key).await?;
    match &draft {
        None => {
            let sent = ports.of::<dyn Inscriptions>().sent(&key).await?.is_some();
            ports.exchange.redirect(if sent { ENVOYEE } else { ORIENTATION });
        }
        Some(draft) if draft.collectivite.is_none() => ports.exchange.redirect(COLLECTIVITE),
        Some(_) => {}
    }
    let Some(draft) = draft.filter(|draft| draft.collectivite.is_some()) else { return Ok(Tableau::default()) };
    let mut table = Tableau::from(&draft);
    if etape == Etape::Validation {
        for tab in domain::correction::etapes() {
            for line in draft.brouillon.recap(tab, &draft.contexte()) {
                table.push("recap", [tab.slug(), &line.label, &line.valeur]);
            }
        }
    }
    let adresses = &draft.brouillon.adresses;
    if etape == Etape::Adresses && Pays::is_france(&adresses.pays) && CodePostal::is_french(&adresses.code_postal) {
        // The communes are only proposals: the page does without them.
        let code = adresses.code_postal.trim();
        let found = ports.of::<dyn Annuaire>().communes(&ports.exchange.client(), code).await.unwrap_or_default();
        found.iter().for_each(|commune| table.push("commune", [commune]));
    }
    Ok(table)
}

/// One of the buttons at the end of a tab. Every button keeps the typed texts first. `page` is the whole draft, as
/// far as the page held it. `marques` tell the fields that a page without script changed. `ecriture` is
/// « page.rang », then the names of the fields that a page with script changed.
#[server]
pub async fn save_tab(
    etape: Etape,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] vers: String,
    #[server(default)] retour: String,
    #[server(default)] page: String,
    #[server(default)] marques: String,
    #[server(default)] ecriture: String,
) -> Result<(), ApiError> {
    let back = etape.path();
    let saisie = Saisie::read(etape, with_unchecked(etape, champs), &marques, &ecriture);
    go(leave_tab(&ouvert::<SaveTab>(), saisie, &vers, &retour, &page).await, &back)
}

async fn leave_tab(ports: &Ports, saisie: Saisie, vers: &str, retour: &str, page: &str) -> Reply<String> {
    let Some(key) = ports.exchange.draft_key() else { return Ok(ORIENTATION.to_owned()) };
    let forward = !matches!(vers, "precedent" | "annuler" | "lien");
    let Saisie { etape, .. } = saisie;
    if let Some(draft) = saisie.save(ports, &key, forward).await? {
        return after_tab(ports, &key, &draft, etape, vers, retour).await;
    }
    if ports.of::<dyn Inscriptions>().sent(&key).await?.is_some() {
        return Ok(ENVOYEE.to_owned());
    }
    // A person who gives up an expired draft wants no new one.
    let held = if vers == "annuler" { None } else { reopen(ports, etape, &saisie.fields, forward, page).await? };
    let Some((key, draft)) = held else { return Ok(ORIENTATION.to_owned()) };
    let to = after_tab(ports, &key, &draft, etape, vers, retour).await?;
    Ok(with_parameter(&to, "rouvert", "1"))
}

/// The page that a tab's button leads to, once the typed texts are kept.
async fn after_tab(
    ports: &Ports,
    key: &DraftKey,
    draft: &BrouillonEnCours,
    etape: Etape,
    vers: &str,
    retour: &str,
) -> Reply<String> {
    let and_back = if retour == "validation" { "&retour=validation" } else { "" };
    match vers {
        "precedent" => return Ok(etape.previous().map_or_else(|| COLLECTIVITE.to_owned(), Etape::path)),
        "annuler" => return Ok(ANNULER.to_owned()),
        "lien" => return Ok(format!("{}?lien={}{and_back}", etape.path(), send_link(ports, key).await?)),
        _ => {}
    }
    if !draft.brouillon.onglet(etape).errors(&draft.contexte()).is_empty() {
        return Ok(format!("{}?verifier=1{and_back}", etape.path()));
    }
    match etape.next() {
        Some(_) if retour == "validation" => Ok(Etape::Validation.path()),
        Some(next) => Ok(next.path()),
        None => submit(ports, key).await,
    }
}

/// The texts of one tab, as a page sends them.
struct Saisie {
    etape: Etape,
    /// All the fields, for a draft that has to be opened again.
    fields: Vec<(String, String)>,
    /// The fields that the page changed. Another window may have changed the others since.
    changed: Vec<(String, String)>,
    ecriture: Option<Ecriture>,
}

impl Saisie {
    fn read(etape: Etape, champs: BTreeMap<String, String>, marques: &str, ecriture: &str) -> Self {
        let (ecriture, changes) = ecriture.split_once(' ').unwrap_or((ecriture, ""));
        let ecriture = Ecriture::parse(ecriture);
        let changed = match ecriture {
            Some(_) => {
                let named = champs.iter().filter(|(name, _)| changes.split(' ').any(|change| change == *name));
                named.map(|(name, raw)| (name.clone(), raw.clone())).collect()
            }
            None => saisie::changed(etape, &champs, marques),
        };
        Self { etape, fields: champs.into_iter().collect(), changed, ecriture }
    }

    async fn save(&self, ports: &Ports, key: &DraftKey, visited: bool) -> Reply<Option<BrouillonEnCours>> {
        ports.of::<dyn Brouillons>().save(key, self.etape, &self.changed, self.ecriture.as_ref(), visited).await
    }
}

/// A browser sends nothing for a box that is not ticked, and that is an answer too.
fn with_unchecked(etape: Etape, mut champs: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let blank = domain::Brouillon::default();
    let onglet = blank.onglet(etape);
    let any = Contexte::on(Cas::Personnel, (0, 0, 0));
    for (at, spec) in onglet.specs().iter().enumerate() {
        if onglet.kind(at, &any) == Kind::Checkbox {
            champs.entry(spec.name.to_owned()).or_default();
        }
    }
    champs
}

async fn submit(ports: &Ports, key: &DraftKey) -> Reply<String> {
    Ok(match ports.of::<dyn Inscriptions>().submit(&ports.exchange.client(), key).await? {
        Envoi::Enregistre => ENVOYEE.to_owned(),
        Envoi::Incomplet(Some(etape)) => format!("{}?verifier=1&retour=validation", etape.path()),
        Envoi::Incomplet(None) => COLLECTIVITE.to_owned(),
        Envoi::BrouillonAbsent => ORIENTATION.to_owned(),
    })
}

/// Keeps the texts being typed. The whole tab comes, with the names of its changed fields. A row `garde` says that
/// they are kept. No row says that the draft is gone: the page asks again, with the other tabs as `page` held them. A
/// row `rouvert` then says that a new draft was opened, and `perdu` that nothing can be kept.
#[server]
pub async fn autosave(
    etape: Etape,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] page: String,
    #[server(default)] ecriture: String,
) -> Result<Tableau, ApiError> {
    let ports = ouvert::<Autosave>();
    let mut table = Tableau::default();
    let saisie = Saisie::read(etape, champs, "", &ecriture);
    match ports.exchange.draft_key() {
        Some(key) if saisie.save(&ports, &key, false).await?.is_some() => table.push("garde", []),
        Some(key) if ports.of::<dyn Inscriptions>().sent(&key).await?.is_none() => {
            if !page.is_empty() {
                let reopened = reopen(&ports, etape, &saisie.fields, false, &page).await?.is_some();
                table.push(if reopened { "rouvert" } else { "perdu" }, []);
            }
        }
        // The request was sent from elsewhere, or the holder of the key erased the draft. A page left open must not
        // bring it back.
        _ => table.push("perdu", []),
    }
    Ok(table)
}

#[server]
pub async fn erase_draft() -> Result<(), ApiError> {
    let ports = ouvert::<EraseDraft>();
    let erased = match ports.exchange.draft_key() {
        Some(key) => ports.of::<dyn Brouillons>().erase(&key).await,
        None => Ok(()),
    };
    ports.exchange.forget_draft_key();
    go(erased.map(|()| format!("{ORIENTATION}?efface=1")), ANNULER)
}

#[server]
pub async fn resend() -> Result<(), ApiError> {
    let ports = ouvert::<Resend>();
    let Some(key) = ports.exchange.draft_key() else { return go(Ok(ORIENTATION.to_owned()), ORIENTATION) };
    let done = ports.of::<dyn Inscriptions>().resend(&ports.exchange.client(), &key).await;
    go(done.map(after_resend), ENVOYEE)
}

#[server]
pub async fn correct_address(#[server(default)] courriel: String) -> Result<(), ApiError> {
    let ports = ouvert::<CorrectAddress>();
    let Some(key) = ports.exchange.draft_key() else { return go(Ok(ORIENTATION.to_owned()), ORIENTATION) };
    let done = ports.of::<dyn Inscriptions>().correct_address(&ports.exchange.client(), &key, &courriel).await;
    go(done.map(after_resend), ENVOYEE)
}

fn after_resend(outcome: Renvoi) -> String {
    match outcome {
        Renvoi::Envoye => with_parameter(ENVOYEE, "renvoye", "1"),
        Renvoi::TropDeCourriels => Refus::Courriels.at(ENVOYEE),
        Renvoi::AdresseInvalide => Refus::Adresse.at(ENVOYEE),
        Renvoi::SansObjet => Refus::RienARenvoyer.at(ENVOYEE),
    }
}
