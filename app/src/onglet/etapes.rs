use std::sync::Arc;

use domain::{Brouillon, Contexte, Etape, EtatOnglet};
use leptos::prelude::*;

use crate::ui::live;

/// The six steps, always in view: a rail on a wide screen, « Étape 2 sur 6 » with a disclosure on a phone. States
/// differ in word and shape, not in colour alone. The steps are links, not an ARIA tab widget, because they are a
/// sequence of pages. The state of a step follows the typing.
#[component]
pub fn Etapes(current: Etape, draft: RwSignal<Brouillon>, contexte: Contexte) -> impl IntoView {
    let steps = move || {
        Etape::ALL
            .into_iter()
            .map(|etape| {
                let etat = move || draft.with(|draft| draft.etat(etape, &contexte));
                let class = move || class_of(etat());
                view! {
                    <li class=class>
                        <a href=etape.path() aria-current=(etape == current).then_some("step")>
                            <span class="marque" aria-hidden="true"></span>
                            <span class="nom">{etape.label()}</span>" "
                            <span class="etat" inner_html=live(Arc::new(move || etat().label().to_owned()))></span>
                        </a>
                    </li>
                }
                .into_any()
            })
            .collect_view()
    };
    rail(current, move || steps().into_any())
}

/// The list of the steps, around `steps`.
pub fn rail(current: Etape, steps: impl Fn() -> AnyView) -> impl IntoView {
    view! {
        <nav class="etapes" aria-label="Étapes de l’inscription">
            <details class="telephone">
                <summary>{format!("Étape {} sur {}", current.number(), Etape::ALL.len())}</summary>
                <ol>{steps()}</ol>
            </details>
            // The list stands here twice, and one copy is displayed: no style shows a closed disclosure as open in
            // every browser.
            <ol class="rail">{steps()}</ol>
        </nav>
    }
}

/// The class of a step in this state.
pub fn class_of(etat: EtatOnglet) -> &'static str {
    match etat {
        EtatOnglet::AFaire => "etape a-faire",
        EtatOnglet::Complet => "etape complet",
        EtatOnglet::ACorriger => "etape a-corriger",
    }
}
