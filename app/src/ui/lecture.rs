use std::pin::Pin;
use std::sync::Arc;

use domain::Tableau;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Attente, Avis};
use crate::base::erreur::ApiError;

/// A reading under way.
pub type Lu = Pin<Box<dyn Future<Output = Tableau> + Send>>;

/// Reads the data of a hydrated page, and shows the page made of them. One component serves all pages. A resource
/// with types of its own would be compiled apart: two kilobytes of compressed WebAssembly a page.
#[component]
pub fn Lecture(
    /// The key of the reading. The data are read again when it changes.
    #[prop(into)]
    cle: Signal<String>,
    lire: fn(String) -> Lu,
    vue: Arc<dyn Fn(Tableau) -> AnyView + Send + Sync>,
) -> impl IntoView {
    let table = Resource::new_str_blocking(move || cle.get(), lire);
    view! {
        <Transition fallback=Attente>
            {move || {
                let vue = vue.clone();
                Suspend::new(async move {
                    let table = table.await;
                    match table.error() {
                        Some(error) => view! { <Avis alerte=true><p>{error}</p></Avis> }.into_any(),
                        None => vue(table),
                    }
                })
            }}
        </Transition>
    }
}

/// Shows a page that the server alone renders, once its data are read.
pub fn lecture<T>(
    page: Resource<Result<T, ApiError>>,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    view! {
        <Transition fallback=Attente>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match page.await {
                        Ok(read) => show(read),
                        Err(error) => view! { <Avis alerte=true><p>{error.to_string()}</p></Avis> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// The same, if the reading may redirect a caller who has nothing to see.
pub fn lu<T>(
    page: Resource<Result<Option<T>, ApiError>>,
    show: impl Fn(T) -> AnyView + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    lecture(page, move |read| read.map_or_else(|| view! { <Attente/> }.into_any(), &show))
}
