use domain::valeurs::AdresseCourriel;
use domain::{BrouillonEnCours, Contexte, Etape, Tableau};
use leptos::prelude::*;

/// Everything that will be sent, tab by tab, with the way back to change it.
#[component]
pub fn Recapitulatif(
    draft: BrouillonEnCours,
    contexte: Contexte,
    /// The server's reading of the draft, as rows `recap`: the tab, a label, a value.
    lignes: Tableau,
) -> impl IntoView {
    let employeur = draft.collectivite.as_ref().map(|collectivite| collectivite.line()).unwrap_or_default();
    let brouillon = draft.brouillon;
    view! {
        <section class="recap">
            <h2>"Votre situation"</h2>
            <dl>
                <div><dt>"Inscription"</dt><dd>{draft.cas.label()}</dd></div>
                <div><dt>"Employeur"</dt><dd>{employeur}</dd></div>
            </dl>
            <p>
                <a href=format!("/inscription?retour=validation&cas={}", draft.cas.code())>
                    "Modifier"<span class="hors-ecran">" votre situation"</span>
                </a>
            </p>
        </section>
        {Etape::ALL
            .into_iter()
            .filter(|etape| *etape != Etape::Validation)
            .map(|etape| {
                let wrong = brouillon.is_wrong(etape, &contexte);
                view! {
                    <section class="recap">
                        <h2>{etape.label()}</h2>
                        {wrong.then(|| view! { <p class="erreur">"Cet onglet est à compléter."</p> }.into_any())}
                        <dl>
                            {lignes.rows("recap").filter_map(|line| match line {
                                [tab, label, valeur] if tab == etape.slug() => Some((label.clone(), valeur.clone())),
                                _ => None,
                            })
                            .map(|(label, valeur)| view! {
                                <div>
                                    <dt>{label}</dt>
                                    <dd>{if valeur.is_empty() { "—".to_owned() } else { valeur }}</dd>
                                </div>
                            }
                            .into_any()).collect_view()}
                        </dl>
                        {(etape == Etape::Coordonnees)
                            .then(|| AdresseCourriel::suggestion(&brouillon.coordonnees.courriel))
                            .flatten()
                            .map(|address| view! {
                                <p class="suggestion">{format!("Vouliez-vous dire {address}\u{a0}?")}</p>
                            }
                            .into_any())}
                        <p>
                            <a href=format!("{}?retour=validation", etape.path())>
                                "Modifier"<span class="hors-ecran">{format!(" {}", etape.label())}</span>
                            </a>
                        </p>
                    </section>
                }
                .into_any()
            })
            .collect_view()}
    }
}
