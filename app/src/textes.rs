//! Pages that compute nothing in the browser: texts, lists of links, plain forms. The server makes their HTML, and the
//! browser shows it as it comes, so that no visitor loads their code. The facts that only the operator knows come from
//! the configuration, never invented.
#![cfg_attr(
    target_family = "wasm",
    expect(unused_imports, reason = "the browser has the calls and not the bodies of server functions")
)]

#[cfg(not(target_family = "wasm"))]
mod html;
mod introuvable;

#[cfg(not(target_family = "wasm"))]
pub use html::PageRendue;
#[cfg(not(target_family = "wasm"))]
use html::html;
pub use introuvable::PageIntrouvable;

use std::sync::Arc;

use domain::{Tableau, codes};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos::task::spawn_local;

use crate::api::appel::{Appel, Requete, appels, cle};
use crate::base::browser;
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::ApiError;
#[cfg(not(target_family = "wasm"))]
use crate::base::routage::Recherche;
use crate::ui::{Attente, Donnees, Envoi, Page, Reponses, echec, envoyer};
use leptos_router::hooks::use_location;

acces! {
    Public: ReadTexte;
}

appels! {
    ReadTexte { page, recherche }
}

/// The page of a text. `recherche` is what stands after the question mark of its address.
#[server]
pub async fn read_texte(page: String, #[server(default)] recherche: String) -> Result<Tableau, ApiError> {
    let ports = ouvert::<ReadTexte>();
    let page = html(&page, &ports, &Recherche::read(&recherche)).await?;
    Ok(page.map(Tableau::from).unwrap_or_default())
}

codes! {
    /// Such a page: its code, and its title.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Texte {
        Accessibilite = "accessibilite", "Déclaration d’accessibilité";
        Aide = "aide", "Aide";
        Annuler = "annuler", "Annuler votre inscription\u{a0}?";
        Connexion = "connexion", "Se connecter";
        ConnexionGestion = "gestion-connexion", "Gestion des demandes";
        DonneesPersonnelles = "donnees-personnelles", "Vos données personnelles";
        Envoyee = "envoyee", "Votre demande est enregistrée";
        MentionsLegales = "mentions-legales", "Mentions légales";
        Orientation = "orientation", "Comment vous inscrivez-vous\u{a0}?";
        Plan = "plan-du-site", "Plan du site";
        ServiceRh = "service-rh", "Votre collectivité vous inscrit";
    }
}

/// How that part is found in the page.
const PART: &str = "[data-part=courriel]";

/// The part of a page that says where a mail is, while that may change: it is read again by itself.
pub const COURRIEL_ATTENDU: &str = "courriel-attendu";

/// Such a page.
#[component]
pub fn PageTexte(quoi: Texte) -> impl IntoView {
    page_html(move |recherche| ReadTexte { page: quoi.code().to_owned(), recherche })
}

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
    browser::every(5, move || follow(&requete));
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
