use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;

use crate::ui::{Avis, Page};

/// A part of the program could not be loaded: the network is away, or another version was installed. The server was asked
/// for the page once.
#[component]
pub fn PageNonChargee() -> impl IntoView {
    let Location { pathname, search, .. } = use_location();
    let address = format!("{}?{}", pathname.get_untracked(), search.get_untracked());
    view! {
        <Page titre="Cette page n’a pas pu être chargée">
            <Avis alerte=true><p>"Le réseau manque, ou le service vient de changer de version. Rien n’est perdu."</p></Avis>
            <p><a class="bouton principal" href=address rel="external">"Réessayer"</a></p>
        </Page>
    }
}
