use domain::formation::texte::{Bloc, blocs};
use leptos::prelude::*;

/// A plain text with its paragraphs and its lists.
pub fn texte_libre(text: &str) -> AnyView {
    let bloc = |bloc| match bloc {
        Bloc::Paragraphe(text) => view! { <p class="message">{text}</p> }.into_any(),
        Bloc::Liste(items) => {
            let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
            view! { <ul>{items}</ul> }.into_any()
        }
    };
    blocs(text).into_iter().map(bloc).collect_view().into_any()
}
