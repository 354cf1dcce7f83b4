//! The sign-up of an agent. The server makes these pages: they show the fields of cas 1, which the browser's copy of the
//! rules leaves out.

#[cfg(not(target_family = "wasm"))]
mod effacer;
#[cfg(not(target_family = "wasm"))]
mod etapes;
#[cfg(not(target_family = "wasm"))]
mod onglet;

use domain::valeurs::{CodePostal, Pays};
use domain::{Etape, Tableau};
use leptos::prelude::*;

use super::port::ServicesFormation;
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::routage::parametre;
use crate::onglet::annuaire::Annuaire;
use crate::ui::page_html;

acces! {
    ServiceFormation: ReadAgentDraft;
}

appels! {
    ReadAgentDraft { id, etape, recherche }
}

/// The page of a tab of a draft, or, without a tab, the page that erases the draft. 404 when there is none.
#[server]
pub async fn read_agent_draft(
    id: String,
    #[server(default)] etape: String,
    #[server(default)] recherche: String,
) -> Result<Tableau, ApiError> {
    let Some((by, ports)) = entrer::<ReadAgentDraft>().await? else { return Ok(Tableau::default()) };
    let tab = Etape::from_slug(&etape);
    // An address with an unknown tab is answered like an unknown draft.
    let asked = if tab.is_some() || etape.is_empty() { id.as_str() } else { "" };
    let Some(draft) = ports.of::<dyn ServicesFormation>().draft(&by, asked).await? else {
        ports.exchange.not_found();
        return Ok(absente().into());
    };
    let adresses = &draft.brouillon.adresses;
    let mut communes = Vec::new();
    if tab == Some(Etape::Adresses) && Pays::is_france(&adresses.pays) && CodePostal::is_french(&adresses.code_postal) {
        // The communes are only proposals: the page does without them.
        let code = adresses.code_postal.trim();
        communes = ports.of::<dyn Annuaire>().communes(&ports.exchange.client(), code).await.unwrap_or_default();
    }
    Ok(rendue(id, tab, draft, communes, &recherche).into())
}

/// One of the six tabs.
#[component]
pub fn PageOngletAgent() -> impl IntoView {
    let etape = parametre("etape");
    page(move || etape.get())
}

/// The page that erases the sign-up.
#[component]
pub fn PageEffacerAgent() -> impl IntoView {
    page(String::new)
}

fn page(etape: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    let id = parametre("id");
    page_html(move |_, recherche| ReadAgentDraft { id: id.get(), etape: etape(), recherche })
}

/// The page of this tab, or the page that erases the draft. `communes`: those of its postal code.
#[cfg(not(target_family = "wasm"))]
fn rendue(
    id: String,
    etape: Option<Etape>,
    draft: domain::BrouillonEnCours,
    communes: Vec<String>,
    recherche: &str,
) -> crate::ui::PageRendue {
    let recherche = crate::base::routage::Recherche::read(recherche);
    match etape {
        Some(etape) => onglet::page(id, etape, draft, communes, &recherche),
        None => effacer::page(id, draft, crate::ui::ErrorCode::read(|name| recherche.get(name))),
    }
}

/// The page for a draft that does not exist, and for one that is another's: it is the same.
#[cfg(not(target_family = "wasm"))]
fn absente() -> crate::ui::PageRendue {
    use super::cadre::{ABSENT, Cadre, contenu_absent};

    let avant = view! { <Cadre>""</Cadre> };
    crate::ui::PageRendue::new(ABSENT, false, contenu_absent()).under(avant.into_any())
}
