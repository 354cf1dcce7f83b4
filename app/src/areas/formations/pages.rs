use leptos::prelude::*;

use super::api::catalogue::{ReadCatalogue, ReadFormation};
use super::api::preinscriptions::{ReadPreinscription, ReadPreinscriptions};
use crate::base::routage::parametre;
use crate::ui::page_html;

/// « Formations de formateurs ».
#[component]
pub fn PageCatalogue() -> impl IntoView {
    page_html(|recherche| ReadCatalogue { recherche })
}

/// A session, and the form to pre-register.
#[component]
pub fn PageFormation() -> impl IntoView {
    let (code, numero) = (parametre("code"), parametre("numero"));
    page_html(move |recherche| ReadFormation { adresse: format!("{}/{}", code.get(), numero.get()), recherche })
}

/// « Mes préinscriptions ».
#[component]
pub fn PageMesPreinscriptions() -> impl IntoView {
    page_html(|recherche| ReadPreinscriptions { recherche })
}

/// One's préinscription.
#[component]
pub fn PagePreinscription() -> impl IntoView {
    une("")
}

/// The page that asks before it gives one's préinscription up.
#[component]
pub fn PageAnnulerPreinscription() -> impl IntoView {
    une("annuler")
}

fn une(page: &'static str) -> AnyView {
    let reference = parametre("reference");
    page_html(move |recherche| ReadPreinscription { reference: reference.get(), page: page.to_owned(), recherche })
}
