use domain::{BrouillonEnCours, Etape};
use leptos::prelude::*;

use crate::base::adresses::onglet_path;
use crate::onglet::{class_of, rail};

/// The six steps of an agent's sign-up, as links.
#[component]
pub fn EtapesAgent(id: String, current: Etape, draft: BrouillonEnCours) -> impl IntoView {
    let steps = move || {
        let ctx = draft.contexte();
        Etape::ALL
            .into_iter()
            .map(|etape| {
                let etat = draft.brouillon.etat(etape, &ctx);
                view! {
                    <li class=class_of(etat)>
                        <a href=onglet_path(&id, etape) aria-current=(etape == current).then_some("step")>
                            <span class="marque" aria-hidden="true"></span>
                            <span class="nom">{etape.label()}</span>" "
                            <span class="etat">{etat.label()}</span>
                        </a>
                    </li>
                }
            })
            .collect_view()
            .into_any()
    };
    rail(current, steps)
}
