use std::pin::Pin;
use std::sync::Arc;

use domain::Tableau;
use leptos::prelude::*;

use super::{Attente, Avis};

/// A reading under way.
pub type Lu = Pin<Box<dyn Future<Output = Tableau> + Send>>;

/// What a hydrated page reads from the server, and the page made of it. One component for all of them: each resource
/// of its own types would be compiled apart, two kilobytes of compressed WebAssembly a page.
#[component]
pub fn Lecture(
    /// What is read; read again when it changes.
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
