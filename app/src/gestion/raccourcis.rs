use leptos::prelude::*;

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
    view! {
        <button type="button" class="discret avec-script" data-ouvre="raccourcis" data-touche="?">
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
                <input type="checkbox" id="raccourcis-actifs" data-raccourcis=""/>
                <label for="raccourcis-actifs">"Utiliser ces raccourcis sur cet ordinateur"</label>
            </div>
            <form method="dialog"><button type="submit">"Fermer"</button></form>
        </dialog>
    }
}
