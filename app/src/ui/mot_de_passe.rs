use leptos::prelude::*;

use super::{Aide, champ_id};

/// A password, with the means to look at it. The toggle only appears where it can work.
#[component]
pub fn MotDePasse(
    /// `new-password` or `current-password`.
    autocomplete: &'static str,
    #[prop(optional, into)] conseil: &'static str,
    #[prop(optional, into)] erreur: Signal<Option<String>>,
) -> impl IntoView {
    let id = champ_id("mot_de_passe");
    let (shown, set_shown) = signal(false);
    let (hydrated, set_hydrated) = signal(false);
    Effect::new(move |_| set_hydrated.set(true));
    let described = format!("{id}-aide {id}-erreur");
    view! {
        <div class="champ moyen">
            <label for=id.clone()>"Mot de passe"</label>
            <Aide id=id.clone() conseil erreur/>
            <input type=move || if shown.get() { "text" } else { "password" } id=id name="mot_de_passe"
                autocomplete=autocomplete autocapitalize="none" spellcheck="false" aria-describedby=described
                aria-invalid=move || erreur.get().is_some().then_some("true")/>
            {move || hydrated.get().then(|| view! {
                <div class="option">
                    <input type="checkbox" id="afficher" on:change=move |event| set_shown.set(event_target_checked(&event))/>
                    <label for="afficher">"Afficher le mot de passe"</label>
                </div>
            })}
        </div>
    }
}
