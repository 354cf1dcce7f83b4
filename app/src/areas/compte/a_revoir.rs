//! The step that the person must take before their request goes on. The server makes these pages: they show the fields of
//! cas 1 too, which the browser's copy of the rules leaves out.

#[cfg(not(target_family = "wasm"))]
mod corrections;
#[cfg(not(target_family = "wasm"))]
mod onglet;
#[cfg(not(target_family = "wasm"))]
mod relecture;

use domain::Tableau;
use leptos::prelude::*;

use super::port::Corrections;
use crate::base::adresses::MON_COMPTE;
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::ApiError;
use crate::base::routage::parametre;
use crate::ui::page_html;

acces! {
    Formateur: ReadCorrection;
}

appels! {
    ReadCorrection { etape, recherche }
}

/// The page of the step that the person must take, or of one of its tabs. Leads back to the account when there is none.
#[server]
pub async fn read_correction(
    #[server(default)] etape: String,
    #[server(default)] recherche: String,
) -> Result<Tableau, ApiError> {
    let Some((who, ports)) = entrer::<ReadCorrection>().await? else { return Ok(Tableau::default()) };
    let Some(a_revoir) = ports.of::<dyn Corrections>().correction(&who).await? else {
        ports.exchange.redirect(MON_COMPTE);
        return Ok(Tableau::default());
    };
    Ok(rendue(a_revoir, &etape, &recherche).into())
}

#[component]
pub fn PageCorrections() -> impl IntoView {
    page(String::new)
}

#[component]
pub fn PageCorrectionOnglet() -> impl IntoView {
    let etape = parametre("etape");
    page(move || etape.get())
}

/// `etape`: the tab, or nothing for the list of them.
fn page(etape: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    page_html(move |_, recherche| ReadCorrection { etape: etape(), recherche })
}

/// The page of this tab, or the list of the tabs.
#[cfg(not(target_family = "wasm"))]
fn rendue(a_revoir: super::port::ARevoir, etape: &str, recherche: &str) -> crate::ui::PageRendue {
    use domain::Etape;

    use super::port::ARevoir;

    let recherche = crate::base::routage::Recherche::read(recherche);
    let refus = crate::ui::ErrorCode::read(|name| recherche.get(name));
    match (a_revoir, etape) {
        (ARevoir::Fermee { restants, fin }, "") => relecture::porte(restants, fin, refus),
        (ARevoir::Ouverte(correction), "") if correction.relecture => relecture::page(*correction, refus),
        (ARevoir::Ouverte(correction), "") => corrections::page(*correction, refus),
        (ARevoir::Ouverte(correction), etape) => match Etape::from_slug(etape) {
            Some(etape) if correction.etapes().contains(&etape) => onglet::page(*correction, etape, &recherche),
            _ => onglet::rien(),
        },
        (ARevoir::Fermee { .. }, _) => onglet::rien(),
    }
}
