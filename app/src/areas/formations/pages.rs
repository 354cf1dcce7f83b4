//! The pages give their whole path to the server, which reads it: so this part shares no code with another.

use leptos::prelude::*;

use super::api::catalogue::{ReadCatalogue, ReadFormation};
use super::api::preinscriptions::{ReadPreinscription, ReadPreinscriptions};
use crate::ui::page_html;

/// « Formations de formateurs ».
#[component]
pub fn PageCatalogue() -> impl IntoView {
    page_html(|_, recherche| ReadCatalogue { recherche })
}

/// A session, and the form to pre-register.
#[component]
pub fn PageFormation() -> impl IntoView {
    page_html(|chemin, recherche| ReadFormation { chemin, recherche })
}

/// « Mes préinscriptions ».
#[component]
pub fn PageMesPreinscriptions() -> impl IntoView {
    page_html(|_, recherche| ReadPreinscriptions { recherche })
}

/// One's préinscription, or the page that asks before it gives it up.
#[component]
pub fn PagePreinscription() -> impl IntoView {
    page_html(|chemin, recherche| ReadPreinscription { chemin, recherche })
}
