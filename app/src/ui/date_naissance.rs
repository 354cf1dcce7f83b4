use leptos::prelude::*;

use super::{Aide, ErrorCode, champ_id, invalide, query_error};
use crate::base::refus::Refus;

/// Why the birth date given to open something was refused.
pub fn date_error() -> Signal<Option<String>> {
    let refused = query_error();
    Signal::derive(move || refused.with(|refused| refused.as_ref().map(date_message)))
}

/// The same, for one refusal.
pub fn date_message(error: &ErrorCode) -> String {
    match (error.refus, error.detail.as_str()) {
        (Refus::Date, _) => "Saisissez une date qui existe, au format JJ/MM/AAAA, par exemple 07/03/1980.".to_owned(),
        (Refus::Fausse, "1") => {
            "Ce n’est pas la date de naissance de cette inscription. Il vous reste un essai.".to_owned()
        }
        (Refus::Fausse, left) => {
            format!("Ce n’est pas la date de naissance de cette inscription. Il vous reste {left} essais.")
        }
        _ => error.message(),
    }
}

/// Asks for the birth date before it opens typed answers, because an address can be mistyped.
#[component]
pub fn DateNaissance(erreur: Signal<Option<String>>) -> impl IntoView {
    let id = champ_id("date_naissance");
    view! {
        <div class="champ court">
            <label for=id.clone()>"Date de naissance"</label>
            <Aide id=id.clone() conseil="JJ/MM/AAAA, par exemple 07/03/1980." erreur/>
            <input type="text" id=id.clone() name="date_naissance" inputmode="numeric" autocomplete="bday"
                spellcheck="false" aria-describedby=format!("{id}-aide {id}-erreur")
                aria-invalid=invalide(erreur)/>
        </div>
    }
}
