use leptos::prelude::*;

use super::{Aide, champ_id, invalide};
use crate::base::browser;

/// A password, with the means to look at it. The toggle only appears where it can work: in a hydrated page.
#[component]
pub fn MotDePasse(
    /// `new-password` or `current-password`.
    autocomplete: &'static str,
    /// The name of its field in the form.
    #[prop(default = "mot_de_passe")]
    nom: &'static str,
    #[prop(default = "Mot de passe")] label: &'static str,
    #[prop(optional, into)] conseil: &'static str,
    #[prop(optional, into)] erreur: Signal<Option<String>>,
) -> impl IntoView {
    let id = champ_id(nom);
    let toggle = format!("{id}-afficher");
    // The label tells two toggles of one page apart.
    let show = format!("Afficher le {}", label.to_lowercase());
    let described = format!("{id}-aide {id}-erreur");
    view! {
        <div class="champ moyen">
            <label for=id.clone()>{label}</label>
            <Aide id=id.clone() conseil erreur/>
            <input type="password" id=id.clone() name=nom
                autocomplete=autocomplete autocapitalize="none" spellcheck="false" aria-required="true" aria-describedby=described
                aria-invalid=invalide(erreur)/>
            <div class="option avec-script">
                <input type="checkbox" id=toggle.clone() data-afficher=id on:change=browser::show_password/>
                <label for=toggle>{show}</label>
            </div>
        </div>
    }
}
