use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::server_fn::redirect::call_redirect_hook;
use leptos::task::spawn_local;
use leptos::web_sys;

use super::{Avis, escape};
use crate::base::browser;

/// How the sending of a form stands.
#[derive(Clone, Copy, Default)]
pub struct Envoi {
    pub pending: RwSignal<bool>,
    /// One more each time the server answered.
    pub version: RwSignal<u32>,
    /// Why the last time led nowhere.
    failed: RwSignal<Option<String>>,
}

/// What a page adds to the fields of its form, and what it does once the server has them.
pub type Joindre = Callback<web_sys::UrlSearchParams, Box<dyn FnOnce()>>;

/// The form of a server function, in a hydrated page: it goes where the server says without a page load. leptos's
/// `ActionForm` does that too, and takes each form apart into its server function's arguments to put them together
/// again: 60 kB of compressed WebAssembly for the first one.
#[component]
pub fn Formulaire(
    /// The server function's address.
    action: &'static str,
    #[prop(optional)] envoi: Envoi,
    #[prop(optional)] node_ref: NodeRef<Form>,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] joindre: Option<Joindre>,
    children: Children,
) -> impl IntoView {
    let send = move |event: SubmitEvent| {
        let Some(fields) = browser::submitted(&event) else { return };
        event.prevent_default();
        if envoi.pending.get_untracked() {
            return;
        }
        envoi.pending.set(true);
        let had = joindre.map(|joindre| joindre.run(fields.clone()));
        spawn_local(async move {
            let to = browser::post(action, &fields).await;
            // The page may be gone by now.
            envoi.pending.try_set(false);
            match to {
                Ok(to) => {
                    if let Some(had) = had {
                        had();
                    }
                    envoi.failed.try_set(None);
                    envoi.version.try_update(|version| *version += 1);
                    call_redirect_hook(&to);
                }
                Err(error) => {
                    envoi.failed.try_set(Some(error.to_string()));
                }
            }
        });
    };
    view! {
        {move || envoi.failed.get().map(|why| view! {
            <Avis alerte=true><p inner_html=escape(&why)></p></Avis>
        }
        .into_any())}
        <form action=action method="post" novalidate=true class=class node_ref=node_ref on:submit=send>
            {children()}
        </form>
    }
}
