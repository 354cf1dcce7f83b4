use leptos::prelude::*;

use crate::ui::Page;

/// The page of an address that does not exist.
#[component]
pub fn PageIntrouvable() -> impl IntoView {
    view! {
        <Page titre="Cette page n’existe pas">
            <p>"L’adresse est peut-être incomplète, ou la page a changé de place."</p>
            <p><a class="bouton" href="/">"Revenir à l’accueil"</a></p>
        </Page>
    }
}
