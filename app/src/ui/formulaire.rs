use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::server_fn::redirect::call_redirect_hook;
use leptos::task::spawn_local;
use leptos::web_sys;

use super::{Avis, escape};
use crate::base::browser;

/// The state of the sending of a form.
#[derive(Clone, Copy, Default)]
pub struct Envoi {
    pub pending: RwSignal<bool>,
    /// Goes up by one each time the server answers.
    pub version: RwSignal<u32>,
    /// Why the last sending failed.
    failed: RwSignal<Option<String>>,
}

/// Adds the page's own fields to its form. Returns the code to run once the server has them.
pub type Joindre = Callback<web_sys::UrlSearchParams, Box<dyn FnOnce()>>;

/// The form of a server function, in a hydrated page. It goes where the server says, without a page load. leptos's
/// `ActionForm` does that too, but it takes each form apart into arguments and puts them together again. That costs
/// 60 kB of compressed WebAssembly for the first form.
#[component]
pub fn Formulaire(
    /// The address of the server function.
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
