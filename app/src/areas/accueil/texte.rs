//! Pages that compute nothing in the browser: texts, lists of links, plain forms. The server makes their HTML, and the
//! browser shows it as it comes, so that no visitor loads their code. The facts that only the operator knows come from
//! the configuration, never invented.

use domain::Tableau;
use leptos::prelude::*;

#[cfg(not(target_family = "wasm"))]
use super::html::html;
use super::titres::Texte;
use crate::base::appel::appels;
use crate::base::droits::{acces, ouvert};
use crate::base::erreur::ApiError;
#[cfg(not(target_family = "wasm"))]
use crate::base::routage::Recherche;
use crate::ui::page_html;

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

/// Such a page.
#[component]
pub fn PageTexte(quoi: Texte) -> impl IntoView {
    page_html(move |_, recherche| ReadTexte { page: quoi.code().to_owned(), recherche })
}
