//! Pages whose HTML is the server's: texts, lists of links, plain forms. They compute nothing in the browser, which shows
//! them as they come, so no visitor loads their code.

use std::sync::Arc;

use domain::Tableau;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;

use super::{Attente, Donnees, Envoi, Page, Reponses, echec, envoyer};
use crate::base::appel::{Appel, Requete, cle};
use crate::base::browser;
use crate::base::routage::Ici;

/// How that part is found in the page.
const PART: &str = "[data-part=courriel]";

/// The part of a page that says where a mail is, while that may change: it is read again by itself.
pub const COURRIEL_ATTENDU: &str = "courriel-attendu";

/// A page whose HTML is the server's. Its forms are sent as those of every other page. `call` is given the path of the
/// address, and what stands after its question mark.
pub fn page_html<D: Appel + ServerFn<Output = Tableau>>(
    call: impl Fn(String, String) -> D + Send + Sync + 'static,
) -> AnyView {
    show(Arc::new(move |answers, path, search| {
        let call = call(path, search);
        Requete::table(format!("{answers} {}", cle(&call.champs())), call)
    }))
}

/// Makes the call of a page, from the number of answers that led back to it, its path and its search.
type Appeler = Arc<dyn Fn(u32, String, String) -> Requete + Send + Sync>;

/// The path and the search of the page. They stay as they were once the address is that of another page.
fn address() -> Arc<dyn Fn() -> (String, String) + Send + Sync> {
    let ici = use_context::<Ici>();
    let Location { pathname, search, .. } = use_location();
    let former = StoredValue::new((String::new(), String::new()));
    Arc::new(move || {
        if ici.is_none_or(|ici| !ici.is_left.try_get().unwrap_or(true)) {
            former.try_set_value((pathname.get(), search.get()));
        }
        former.try_get_value().unwrap_or_default()
    })
}

/// The same for all of them, so that it is compiled once, in the main part.
fn show(appeler: Appeler) -> AnyView {
    let reponses = use_context::<Reponses>();
    let here = address();
    let requete: Arc<dyn Fn() -> Requete + Send + Sync> = Arc::new(move || {
        let answers = reponses.map_or(0, |reponses| reponses.0.get());
        let (path, search) = here();
        appeler(answers, path, search)
    });
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
