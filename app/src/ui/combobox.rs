use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{escape, live, vrai};
use crate::base::browser;

/// A text field with proposals, as the ARIA pattern « editable combobox with list autocomplete » describes it.
/// Without WebAssembly it is a text field with a `<datalist>`.
#[component]
pub fn Combobox(
    id: &'static str,
    name: &'static str,
    #[prop(into)] initial: String,
    /// Proposals before anything is typed.
    initiales: Vec<String>,
    /// The proposals for the typed text.
    #[prop(into)]
    propositions: Signal<Vec<String>>,
    /// Called with the typed text, at each keystroke.
    #[prop(into)]
    saisie: Callback<String>,
    decrit_par: &'static str,
) -> impl IntoView {
    let (open, set_open) = signal(false);
    let (active, set_active) = signal(None::<usize>);
    let input = NodeRef::<leptos::html::Input>::new();
    let option_id = move |at: usize| format!("{id}-option-{at}");

    let pick = move |at: usize| {
        if let (Some(input), Some(text)) =
            (input.get_untracked(), propositions.with_untracked(|all| all.get(at).cloned()))
        {
            input.set_value(&text);
            saisie.run(text);
        }
        set_open.set(false);
        set_active.set(None);
    };
    let on_key = move |event: KeyboardEvent| {
        let count = propositions.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" | "ArrowUp" if count > 0 => {
                event.prevent_default();
                let step = if event.key() == "ArrowDown" { 1 } else { count - 1 };
                let start = if event.key() == "ArrowDown" { 0 } else { count - 1 };
                set_open.set(true);
                set_active.update(|at| *at = Some(at.map_or(start, |at| (at + step) % count)));
            }
            "Enter" if open.get_untracked() => {
                if let Some(at) = active.get_untracked() {
                    event.prevent_default();
                    pick(at);
                }
            }
            "Escape" => {
                set_open.set(false);
                set_active.set(None);
            }
            _ => {}
        }
    };
    let shown = Signal::derive(move || open.get() && propositions.with(|all| !all.is_empty()));
    // Set by hand: each reactive attribute has a type of its own, which weighs.
    browser::effet(Box::new(move || {
        let Some(input) = input.get() else { return };
        browser::set_attribute(&input, "role", Some("combobox"));
        browser::set_attribute(&input, "aria-autocomplete", Some("list"));
        browser::set_attribute(&input, "aria-controls", Some(&format!("{id}-liste")));
        browser::set_attribute(&input, "list", None);
    }));
    browser::effet(Box::new(move || {
        let Some(input) = input.get() else { return };
        browser::set_attribute(&input, "aria-expanded", Some(if shown.get() { "true" } else { "false" }));
        browser::set_attribute(&input, "aria-activedescendant", active.get().map(option_id).as_deref());
    }));

    view! {
        <div class="combobox">
            <input type="text" id=id name=name value=initial node_ref=input autocomplete="off" spellcheck="false"
                list=format!("{id}-proposees") aria-describedby=decrit_par
                on:input=move |event| {
                    set_open.set(true);
                    set_active.set(None);
                    saisie.run(event_target_value(&event));
                }
                on:keydown=on_key
                on:blur=move |_| { set_open.try_set(false); }/>
            <datalist id=format!("{id}-proposees")>
                {initiales.into_iter().map(|text| view! { <option value=text></option> }.into_any()).collect_view()}
            </datalist>
            <ul id=format!("{id}-liste") role="listbox" aria-label="Propositions" hidden=vrai(Arc::new(move || !shown.get()))>
                {move || propositions.get().into_iter().enumerate().map(|(at, text)| view! {
                    <li role="option" id=option_id(at)
                        aria-selected=live(Arc::new(move || (active.get() == Some(at)).to_string()))
                        // A press on an option leaves the focus in the field, so the list stays. A release elsewhere
                        // chooses nothing.
                        on:mousedown=move |event| event.prevent_default()
                        on:click=move |_| pick(at)
                        inner_html=escape(&text)>
                    </li>
                }
                .into_any()).collect_view()}
            </ul>
            <p class="hors-ecran" role="status"
                inner_html=live(Arc::new(move || match propositions.with(Vec::len) {
                    _ if !shown.get() => String::new(),
                    1 => "1 proposition".to_owned(),
                    count => format!("{count} propositions"),
                }))>
            </p>
        </div>
    }
}
