//! Pages whose HTML is the server's: texts, lists of links, plain forms. They compute nothing in the browser, which shows
//! them as they come, so no visitor loads their code.

use std::sync::Arc;

use domain::Tableau;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use super::{Attente, Donnees, Envoi, Page, Reponses, echec, envoyer};
use crate::base::appel::{Appel, Requete, cle};
use crate::base::browser;

/// How that part is found in the page.
const PART: &str = "[data-part=courriel]";

/// The part of a page that says where a mail is, while that may change: it is read again by itself.
pub const COURRIEL_ATTENDU: &str = "courriel-attendu";

/// A page whose HTML is the server's. Its forms are sent as those of every other page. `call` is given what stands after the
/// question mark of the address.
pub fn page_html<D: Appel + ServerFn<Output = Tableau>>(call: impl Fn(String) -> D + Send + Sync + 'static) -> AnyView {
    let reponses = use_context::<Reponses>();
    let search = use_location().search;
    show(Arc::new(move || {
        let answers = reponses.map_or(0, |reponses| reponses.0.get());
        let call = call(search.get());
        Requete::table(format!("{answers} {}", cle(&call.champs())), call)
    }))
}

/// The same for all of them, so that it is compiled once.
fn show(requete: Arc<dyn Fn() -> Requete + Send + Sync>) -> AnyView {
    let donnees = Donnees::new(requete.clone());
    let envoi = Envoi::default();
    let shown = StoredValue::new(String::new());
    donnees.show(Arc::new(move |text| {
        let Some([_, avant, titre, wrong, large, html]) = Tableau::from(text.to_owned()).0.pop().and_then(six) else {
            return view! { <Attente/> }.into_any();
        };
        if html.contains("id=\"resume\"") && shown.try_get_value().as_ref() != Some(&html) {
            browser::focus("resume");
        }
        shown.try_set_value(html.clone());
        if html.contains(COURRIEL_ATTENDU) {
            let requete = requete.clone();
            browser::every(5, move || follow(&requete));
        }
        let (wrong, large) = (!wrong.is_empty(), !large.is_empty());
        view! {
            <div on:submit=envoyer(envoi) inner_html=avant></div>
            <Page titre erreur=Signal::derive(move || wrong) large>
                {echec(envoi)}
                <div class="texte" on:submit=envoyer(envoi) on:change=browser::show_password inner_html=html></div>
            </Page>
        }
        .into_any()
    }))
}

/// Reads again the part that changes by itself. Nothing else of the page is touched: somebody may work in it.
fn follow(requete: &Arc<dyn Fn() -> Requete + Send + Sync>) {
    if !browser::is_idle(COURRIEL_ATTENDU) {
        return;
    }
    let answer = (untrack(|| requete()).envoyer)(true);
    spawn_local(async move {
        if let Ok(text) = answer.await
            && let Some([.., html]) = Tableau::from(text).0.pop().and_then(six)
        {
            browser::replace_part(PART, &html);
        }
    });
}

/// The cells of the row of a page that the server made.
fn six(row: Vec<String>) -> Option<[String; 6]> {
    row.try_into().ok()
}
