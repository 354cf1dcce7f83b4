use domain::onglet::Contexte;
use domain::valeurs::AdresseCourriel;
use domain::{Brouillon, Etape};
use leptos::prelude::*;

/// Everything that will be sent, tab by tab, with the way to change it. For pages that the server alone renders.
#[component]
pub fn Relecture(
    brouillon: Brouillon,
    contexte: Contexte,
    /// The address of a tab.
    modifier: impl Fn(Etape) -> String,
) -> impl IntoView {
    domain::correction::etapes()
        .map(|etape| {
            let wrong = brouillon.is_wrong(etape, &contexte);
            let meant =
                (etape == Etape::Coordonnees).then(|| AdresseCourriel::suggestion(&brouillon.coordonnees.courriel));
            view! {
                <section class="recap">
                    <h2>{etape.label()}</h2>
                    {wrong.then(|| view! { <p class="erreur">"Cet onglet est à compléter."</p> })}
                    <dl>
                        {brouillon.recap(etape, &contexte).into_iter().map(|line| view! {
                            <div>
                                <dt>{line.label}</dt>
                                <dd>{if line.valeur.is_empty() { "—".to_owned() } else { line.valeur }}</dd>
                            </div>
                        }).collect_view()}
                    </dl>
                    {meant.flatten().map(|address| view! {
                        <p class="suggestion">{format!("Vouliez-vous dire {address}\u{a0}?")}</p>
                    })}
                    <p>
                        <a href=modifier(etape)>
                            "Modifier"<span class="hors-ecran">{format!(" {}", etape.label())}</span>
                        </a>
                    </p>
                </section>
            }
        })
        .collect_view()
}
