use std::cell::{Cell, RefCell};
use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::html::Form;
use leptos::prelude::*;
use leptos::server_fn::redirect::call_redirect_hook;
use leptos::task::spawn_local;
use leptos::web_sys::UrlSearchParams;
use leptos_router::hooks::use_navigate;

use super::{Ton, annonce};
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

/// How many answers have led back to the page that is shown: it then reads its data again.
#[derive(Clone, Copy)]
pub struct Reponses(pub RwSignal<u32>);

/// Adds the page's own fields to its form. Returns the code to run once the server has them.
pub type Joindre = Callback<UrlSearchParams, Box<dyn FnOnce()>>;

thread_local! {
    /// What refused forms held, by the address of the form. The page that tells of the refusal may be another one, and
    /// so may the page after a login.
    static REFUSED: RefCell<Vec<(String, UrlSearchParams)>> = const { RefCell::new(Vec::new()) };
}

thread_local! {
    /// Whether a form was just answered by the page that has it.
    static ANSWERED: Cell<bool> = const { Cell::new(false) };
}

/// Fields that are never kept, in any form.
const SECRETS: [&str; 5] = ["mot_de_passe", "actuel", "code", "secours", "token"];

/// Keeps the fields of a form while its answer is a refusal, or a login that comes first.
fn remember(action: String, to: &str, fields: UrlSearchParams) {
    REFUSED.with_borrow_mut(|refused| {
        refused.retain(|(known, _)| *known != action);
        if to.contains("erreur=") || to.contains("connexion=1") {
            for secret in SECRETS {
                fields.delete(secret);
            }
            refused.push((action, fields));
        }
    });
}

/// Runs once a page shows its data. It writes what the forms held when they were refused into them again. After an answer
/// of a form of the page, the focus goes to what the page has to say about it: the button that had it may be gone.
pub fn refill() {
    browser::later(|| {
        if ANSWERED.take() {
            browser::focus_first(&["#resume", ".avis", "#titre"]);
        }
        browser::hide_passwords();
        REFUSED.with_borrow(|refused| {
            for (action, fields) in refused {
                browser::fill_forms(action, fields);
            }
        });
    });
}

/// Sends a form, and goes where the server says, without a page load.
fn send(event: &SubmitEvent, action: String, envoi: Envoi, joindre: Option<Joindre>, reponses: Option<Reponses>) {
    let Some(fields) = browser::submitted(event) else { return };
    event.prevent_default();
    if envoi.pending.get_untracked() {
        return;
    }
    envoi.pending.set(true);
    let button = browser::busy(event);
    let had = joindre.map(|joindre| joindre.run(fields.clone()));
    spawn_local(async move {
        let to = browser::post(&action, &fields).await;
        if let Some(button) = button {
            browser::set_attribute(&button, "aria-busy", None);
        }
        // The page may be gone by now.
        envoi.pending.try_set(false);
        let to = match to {
            Ok(to) => to,
            Err(error) => {
                envoi.failed.try_set(Some(error.to_string()));
                return;
            }
        };
        envoi.failed.try_set(None);
        envoi.version.try_update(|version| *version += 1);
        let here = browser::is_here(&to);
        call_redirect_hook(&to);
        match had {
            Some(had) => had(),
            None => {
                remember(action, &to, fields);
                ANSWERED.set(here);
                if let Some(reponses) = reponses.filter(|_| here) {
                    reponses.0.update(|count| *count += 1);
                }
            }
        }
    });
}

/// The form of a server function. leptos's `ActionForm` sends it too, but it takes each form apart into arguments and puts
/// them together again. That costs 60 kB of compressed WebAssembly for the first form.
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
    let reponses = use_context::<Reponses>();
    let send = move |event: SubmitEvent| send(&event, action.to_owned(), envoi, joindre, reponses);
    view! {
        {echec(envoi)}
        <form action=action method="post" novalidate=true class=class node_ref=node_ref on:submit=send>
            {children()}
        </form>
    }
}

/// Why the last sending failed.
pub fn echec(envoi: Envoi) -> AnyView {
    annonce(Arc::new(move || Some((Ton::Alerte, envoi.failed.get()?))))
}

/// Sends any form inside an element: the forms of a page whose HTML is the server's.
pub fn envoyer(envoi: Envoi) -> impl Fn(SubmitEvent) + 'static {
    let reponses = use_context::<Reponses>();
    let search = chercher();
    move |event: SubmitEvent| match browser::posted_to(&event) {
        Some(action) => send(&event, action, envoi, None, reponses),
        None => search(event),
    }
}

/// Follows a form that asks by GET without a page load.
pub fn chercher() -> impl Fn(SubmitEvent) + Clone + 'static {
    let navigate = use_navigate();
    move |event: SubmitEvent| {
        if let Some(to) = browser::get_address(&event) {
            event.prevent_default();
            navigate(&to, Default::default());
        }
    }
}
