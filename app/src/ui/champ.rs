use std::sync::Arc;

use leptos::prelude::*;

use super::{escape, live};

/// The identifier of a field's control, where its label and its errors point.
pub fn champ_id(name: &str) -> String {
    format!("champ-{name}")
}

/// The texts between a label and its control: the hint, then the message when there is one. `id` is the control's.
#[component]
pub fn Aide(
    id: String,
    #[prop(optional, into)] conseil: &'static str,
    #[prop(optional, into)] erreur: Signal<Option<String>>,
) -> impl IntoView {
    let hint = format!("{id}-aide");
    let error = format!("{id}-erreur");
    view! {
        {(!conseil.is_empty()).then(|| view! { <p class="aide" id=hint>{conseil}</p> }.into_any())}
        <p class="erreur" id=error aria-live="polite"
            inner_html=live(Arc::new(move || erreur.get().map_or_else(String::new, |message| {
                format!("<span class=\"mot-erreur\">Erreur : </span>{}", escape(&message))
            })))>
        </p>
    }
}

/// A group of radios. Options are (value, label, meaning).
#[component]
pub fn Choix(
    name: &'static str,
    legende: &'static str,
    options: Vec<(&'static str, &'static str, &'static str)>,
    #[prop(optional)] choisi: &'static str,
    #[prop(into)] erreur: Signal<Option<String>>,
) -> impl IntoView {
    let id = champ_id(name);
    let described = format!("{id}-erreur");
    view! {
        <fieldset class="champ" aria-describedby=described>
            <legend>{legende}</legend>
            <Aide id=id.clone() erreur/>
            {options
                .into_iter()
                .enumerate()
                .map(|(at, (value, label, meaning))| {
                    let own = if at == 0 { id.clone() } else { format!("{id}-{value}") };
                    let more = format!("{own}-sens");
                    view! {
                        <div class="option">
                            <input type="radio" name=name value=value id=own.clone() required=true checked=value == choisi
                                aria-describedby=(!meaning.is_empty()).then(|| more.clone())/>
                            <label for=own>{label}</label>
                            {(!meaning.is_empty()).then(|| view! { <p class="sens" id=more>{meaning}</p> }.into_any())}
                        </div>
                    }
                    .into_any()
                })
                .collect_view()}
        </fieldset>
    }
}
