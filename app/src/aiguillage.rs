//! The switch: the page of an address, its code loaded before it is shown.

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;
use leptos_router::hooks::use_location;
use leptos_router::location::{BrowserUrl, Location, LocationProvider};

use crate::areas::accueil::{PageIntrouvable, PageNonChargee};
use crate::base::browser;
use crate::base::routage::Ici;
use crate::register::{PAGES, find, load};
use crate::ui::{DernierePage, Reponses};

/// What the address leads to: the place of a page in `PAGES`, or one of these two.
const INTROUVABLE: usize = PAGES.len();
const NON_CHARGEE: usize = PAGES.len() + 1;

/// Every page. All of them are rendered whole on the server, because a part that is streamed later needs JavaScript to be
/// shown, and taken over by WebAssembly in the browser.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(DernierePage::none());
    provide_context(Reponses(RwSignal::new(0)));
    view! { <Router><Aiguillage/></Router> }
}

/// Shows the page of the address. leptos's `Routes` make a type of each route: 68 of them are a tenth of the main part.
/// The former page stays until the code of the next one is there.
#[component]
fn Aiguillage() -> impl IntoView {
    let Location { pathname: path, search, .. } = use_location();
    let wanted = Signal::derive(move || path.with(|path| find(path).map_or(INTROUVABLE, |(at, _)| at)));
    let parametres = Signal::derive(move || path.with(|path| find(path).map(|(_, named)| named).unwrap_or_default()));
    let shown = RwSignal::new(wanted.get_untracked());
    let router = use_context::<BrowserUrl>();
    browser::effet(Box::new(move || {
        let router = router.clone();
        let (path, wants) = (path.get(), wanted.get());
        let address = format!("{path}?{}", search.get_untracked());
        spawn_local(async move {
            let there = load(&path).await;
            let to = match there {
                Err(_) if !browser::load_document(&address) => NON_CHARGEE,
                _ => wants,
            };
            // The same page stays as it is: shown again, it would begin anew.
            if wanted.get_untracked() == wants && shown.get_untracked() != to {
                shown.set(to);
            }
            // The router writes the address once the page is there.
            tick().await;
            if let Some(router) = router {
                router.ready_to_complete();
            }
        });
    }));
    move || {
        let vue = shown.get();
        provide_context(Ici { is_left: Signal::derive(move || wanted.get() != vue), parametres });
        match PAGES.get(vue) {
            Some((_, part)) => part.vue(),
            None if vue == INTROUVABLE => view! { <PageIntrouvable/> }.into_any(),
            None => view! { <PageNonChargee/> }.into_any(),
        }
    }
}
