use domain::{BrouillonEnCours, Etape, EtatOnglet};
use leptos::prelude::*;

use crate::base::adresses::onglet_path;

/// The six steps of an agent's sign-up, as links.
#[component]
pub fn EtapesAgent(id: String, current: Etape, draft: BrouillonEnCours) -> impl IntoView {
    let steps = move || {
        let ctx = draft.contexte();
        Etape::ALL
            .into_iter()
            .map(|etape| {
                let etat = draft.brouillon.etat(etape, &ctx);
                let class = match etat {
                    EtatOnglet::AFaire => "etape a-faire",
                    EtatOnglet::Complet => "etape complet",
                    EtatOnglet::ACorriger => "etape a-corriger",
                };
                view! {
                    <li class=class>
                        <a href=onglet_path(&id, etape) aria-current=(etape == current).then_some("step")>
                            <span class="marque" aria-hidden="true"></span>
                            <span class="nom">{etape.label()}</span>" "
                            <span class="etat">{etat.label()}</span>
                        </a>
                    </li>
                }
            })
            .collect_view()
    };
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
