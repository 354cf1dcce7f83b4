use std::sync::Arc;

use domain::onglet::Onglet;
use domain::onglets::{CoordonneesField, IdentiteField};
use domain::{Brouillon, Contexte};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Avis, vrai};

/// The last day the answers are kept, and how to go on with them elsewhere. The link needs an address to go to, and a
/// birth date to ask for. The button is hidden, not left out: hydration needs the same elements on both sides. The
/// browser may accept an address that the server refuses.
#[component]
pub fn Reprise(draft: RwSignal<Brouillon>, contexte: Contexte, fin: String) -> impl IntoView {
    let address =
        move || draft.with(|draft| draft.coordonnees.check(CoordonneesField::Courriel as usize, &contexte).is_none());
    let date =
        move || draft.with(|draft| draft.identite.check(IdentiteField::DateNaissance as usize, &contexte).is_none());
    view! {
        <p class="aide">{format!("Vos réponses sont gardées jusqu’au {fin}.")}</p>
        <div hidden=vrai(Arc::new(move || !address()))>
            <button type="submit" class="discret" name="vers" value="lien" hidden=vrai(Arc::new(move || !date()))>
                "Recevoir un lien pour reprendre"
            </button>
            <p class="aide" hidden=vrai(Arc::new(date))>
                "Pour recevoir un lien qui reprend cette inscription ailleurs, donnez votre date de naissance."
            </p>
        </div>
    }
}

/// The outcome of the request for a link.
#[component]
pub fn LienEnvoye() -> impl IntoView {
    let query = use_query_map();
    move || {
        let code = query.with(|query| query.get("lien"))?;
        let text = match code.as_str() {
            "envoye" => "Un lien pour reprendre est en route vers votre adresse. Il demandera votre date de naissance.",
            "courriels" => "Cette adresse a déjà reçu les courriels du jour\u{a0}: réessayez demain.",
            _ => "Il faut une adresse de messagerie et une date de naissance pour recevoir ce lien.",
        };
        Some(view! { <Avis succes=code == "envoye" alerte=code != "envoye"><p>{text}</p></Avis> }.into_any())
    }
}
