use leptos::prelude::*;

use super::{Aide, champ_id};

/// A password, with the means to look at it. The toggle only appears where it can work: `pages.js` shows it.
#[component]
pub fn MotDePasse(
    /// `new-password` or `current-password`.
    autocomplete: &'static str,
    #[prop(optional, into)] conseil: &'static str,
    #[prop(optional, into)] erreur: Signal<Option<String>>,
) -> impl IntoView {
    let id = champ_id("mot_de_passe");
    let described = format!("{id}-aide {id}-erreur");
    view! {
        <div class="champ moyen">
            <label for=id.clone()>"Mot de passe"</label>
            <Aide id=id.clone() conseil erreur/>
            <input type="password" id=id.clone() name="mot_de_passe"
                autocomplete=autocomplete autocapitalize="none" spellcheck="false" aria-required="true" aria-describedby=described
                aria-invalid=move || erreur.get().is_some().then_some("true")/>
            <div class="option avec-script" data-afficher=id>
                <input type="checkbox" id="afficher"/>
                <label for="afficher">"Afficher le mot de passe"</label>
            </div>
        </div>
    }
}
