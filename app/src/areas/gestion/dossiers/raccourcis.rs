use leptos::prelude::*;

use crate::base::browser;

/// Where this browser keeps whether the keys are used.
const RACCOURCIS: &str = "raccourcis";

const LISTE: [(&str, &str); 6] = [
    ("j", "demande suivante de la liste"),
    ("k", "demande précédente de la liste"),
    ("Entrée", "ouvrir la demande"),
    ("x", "cocher la demande"),
    ("/", "rechercher"),
    ("?", "cette aide"),
];

const DOSSIER: [(&str, &str); 9] = [
    ("v", "valider"),
    ("r", "refuser"),
    ("c", "demander des corrections"),
    ("z", "annuler ma décision"),
    ("m", "je m’en occupe"),
    ("n", "demande suivante"),
    ("p", "demande précédente"),
    ("l", "revenir à la liste"),
    ("?", "cette aide"),
];

/// The keyboard's help sheet, and its button. One key is one action, while nobody types. The keys can be turned off,
/// because dictation would press them (WCAG 2.1.4).
#[component]
pub fn Raccourcis(#[prop(optional)] dossier: bool) -> impl IntoView {
    let keys = if dossier { DOSSIER.as_slice() } else { LISTE.as_slice() };
    let active = RwSignal::new(true);
    Effect::new(move |_| active.set(browser::kept(RACCOURCIS).as_deref() != Some("non")));
    if cfg!(target_family = "wasm") {
        let listening = window_event_listener(leptos::ev::keydown, move |event| {
            if active.try_get_untracked() == Some(true) && browser::act_on_key(&event) {
                event.prevent_default();
            }
        });
        on_cleanup(move || listening.remove());
    }
    let choose = move |event| {
        let on = event_target_checked(&event);
        active.set(on);
        browser::keep(RACCOURCIS, if on { "oui" } else { "non" });
    };
    view! {
        <button type="button" class="discret avec-script" data-touche="?"
            on:click=|_| { browser::open_dialog("raccourcis"); }>
            "Raccourcis clavier"
        </button>
        <dialog id="raccourcis" aria-labelledby="raccourcis-titre">
            <h2 id="raccourcis-titre">"Raccourcis clavier"</h2>
            <dl class="fiche touches">
                {keys.iter().map(|(key, what)| view! {
                    <div><dt><kbd>{*key}</kbd></dt><dd>{*what}</dd></div>
                }).collect_view()}
            </dl>
            <div class="option">
                <input type="checkbox" id="raccourcis-actifs" prop:checked=move || active.get() on:change=choose/>
                <label for="raccourcis-actifs">"Utiliser ces raccourcis sur cet ordinateur"</label>
            </div>
            <form method="dialog"><button type="submit">"Fermer"</button></form>
        </dialog>
    }
}
