use domain::Rubrique;
use leptos::prelude::*;

/// The answers, tab by tab.
#[component]
pub fn Renseignements(rubriques: Vec<Rubrique>) -> impl IntoView {
    rubriques
        .into_iter()
        .map(|Rubrique { etape, lignes }| {
            view! {
                <section class="recap">
                    <h2>{etape.label()}</h2>
                    <dl>
                        {lignes.into_iter().map(|line| view! {
                            <div><dt>{line.label}</dt><dd>{line.valeur}</dd></div>
                        }).collect_view()}
                    </dl>
                </section>
            }
        })
        .collect_view()
}
