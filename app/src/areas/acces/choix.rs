use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::base::refus::Refus;
use crate::base::routage::parametre;
use crate::ui::{MotDePasse, Resume, query_error, summary_of};

/// The link's secret, from the address.
pub fn token() -> Memo<String> {
    parametre("token")
}

/// Whether a new link was just asked for.
pub fn renewed() -> Memo<bool> {
    let query = use_query_map();
    Memo::new(move |_| query.with(|query| query.get("renvoye").is_some()))
}

/// Why the server refused the password.
pub fn password_error() -> Signal<Option<String>> {
    let refused = query_error();
    Signal::derive(move || {
        refused.get().map(|error| match error.refus {
            Refus::Court => "Choisissez un mot de passe d’au moins 12 caractères.".to_owned(),
            Refus::Court15 => "Choisissez un mot de passe d’au moins 15 caractères.".to_owned(),
            Refus::Long => "Choisissez un mot de passe d’au plus 128 caractères.".to_owned(),
            Refus::Autre => "Ce n’est pas le mot de passe de cette adresse.".to_owned(),
            Refus::Faible => {
                "Ce mot de passe est facile à deviner\u{a0}: allongez-le, par exemple avec quatre mots sans rapport \
                 entre eux ni avec vous."
                    .to_owned()
            }
            Refus::Fuite => {
                "Ce mot de passe figure dans une liste de mots de passe volés sur d’autres sites\u{a0}: choisissez-en un autre, \
                 que vous n’avez jamais utilisé."
                    .to_owned()
            }
            _ => error.message(),
        })
    })
}

/// The address under which a password manager keeps the password, if the page may show it. The form does not send it.
#[component]
pub fn Identifiant(courriel: String) -> impl IntoView {
    view! { <input type="email" autocomplete="username" value=courriel readonly=true hidden=true/> }
}

/// The one field of an activation and of a reset, with its summary and its button.
#[component]
pub fn ChoixMotDePasse(
    erreur: Signal<Option<String>>,
    #[prop(default = "12 caractères au moins. Collez-le si vous utilisez un gestionnaire de mots de passe.")]
    conseil: &'static str,
) -> impl IntoView {
    view! {
        <MotDePasse autocomplete="new-password" conseil erreur/>
        <div class="boutons"><button type="submit" class="principal">"Enregistrer mon mot de passe"</button></div>
    }
}

/// The summary above the form.
#[component]
pub fn ResumeMotDePasse(erreur: Signal<Option<String>>) -> impl IntoView {
    view! { <Resume erreurs=summary_of("mot_de_passe", erreur)/> }
}
