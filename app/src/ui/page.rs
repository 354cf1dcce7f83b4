use leptos::prelude::*;
use leptos_meta::Title;

/// A page's heading and title. A page with errors says so first, in the title too.
#[component]
pub fn Page(
    #[prop(into)] titre: Signal<String>,
    #[prop(optional, into)] erreur: Signal<bool>,
    /// For pages that need the width of the screen.
    #[prop(optional)]
    large: bool,
    children: Children,
) -> impl IntoView {
    // The document's title outlives the page by a moment: what the page knew may be gone.
    let title = move || {
        let mark = if erreur.try_get().unwrap_or_default() { "Erreur : " } else { "" };
        format!("{mark}{} – Préinscription IEL", titre.try_get().unwrap_or_default())
    };
    view! {
        <Title text=title/>
        <div class=if large { "page large" } else { "page" }>
            <h1>{move || titre.get()}</h1>
            {children()}
        </div>
    }
}

/// What stands in for a part that is not there yet: only ever seen on a navigation inside a hydrated page.
#[component]
pub fn Attente() -> impl IntoView {
    view! { <p class="attente" role="status">"Chargement…"</p> }
}
