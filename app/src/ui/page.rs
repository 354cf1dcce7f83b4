use std::collections::BTreeMap;

use leptos::oco::Oco;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_meta::Title;
use leptos_router::hooks::{use_location, use_query_map};

use crate::base::browser;

const TITRE: &str = "titre";

/// The path of the page shown last. When another page takes its place without a load, the focused element is gone.
/// The focus then goes to the heading.
#[derive(Clone, Copy)]
pub struct DernierePage(StoredValue<String>);

impl DernierePage {
    pub fn none() -> Self {
        Self(StoredValue::new(String::new()))
    }

    fn arrive(self, path: String) {
        let before = self.0.get_value();
        if !before.is_empty() && before != path {
            browser::focus(TITRE);
        }
        self.0.set_value(path);
    }
}

/// A page's heading and title. A page with errors says so first, in the title too.
#[component]
pub fn Page(
    #[prop(into)] titre: Oco<'static, str>,
    #[prop(optional, into)] erreur: Signal<bool>,
    /// For pages that need the width of the screen.
    #[prop(optional)]
    large: bool,
    children: Children,
) -> impl IntoView {
    let wrong = erreur.get_untracked();
    let name = titre.clone();
    let title = move |wrong: bool| format!("{}{name} – Préinscription IEL", if wrong { "Erreur : " } else { "" });
    // On the server the title is made here, because leptos writes it once the page and its signals are gone. It is
    // also escaped here, because leptos does not. In a browser it follows the page, and outlives it by a moment.
    let title: TextProp = if cfg!(target_arch = "wasm32") {
        (move || title(erreur.try_get().unwrap_or(wrong))).into()
    } else {
        title(wrong).replace('&', "&amp;").replace('<', "&lt;").into()
    };
    let path = use_location().pathname;
    let last = use_context::<DernierePage>();
    browser::effet(Box::new(move || {
        if let Some(last) = last {
            last.arrive(path.get_untracked());
        }
    }));
    view! {
        <Title text=title/>
        <div class=if large { "page large" } else { "page" }>
            <h1 id=TITRE tabindex="-1">{titre}</h1>
            {children()}
        </div>
    }
}

/// Stands in for a part that is not there yet. It is only seen on a navigation inside a hydrated page.
#[component]
pub fn Attente() -> impl IntoView {
    view! { <p class="attente" role="status">"Chargement…"</p> }
}

/// The parameters of the page's address, the last one of each name.
pub fn parameters() -> Memo<BTreeMap<String, String>> {
    let query = use_query_map();
    Memo::new(move |_| {
        query.with(|query| query.latest_values().map(|(name, value)| (name.to_string(), value.to_owned())).collect())
    })
}
