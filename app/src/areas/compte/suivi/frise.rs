use domain::instant::{duree, en_clair};
use domain::suivi::{DelaisUsuels, Suivi};
use leptos::prelude::*;

/// The steps done and to come, the person who acts next, and the usual delay.
#[component]
pub fn Frise(suivi: Suivi) -> impl IntoView {
    let who = suivi.a_qui();
    let delais = suivi.delais.filter(|_| suivi.is_awaited());
    view! {
        <section class="suivi">
            <h2>"Le suivi"</h2>
            <ol>
                {suivi.jalons().into_iter().map(|jalon| match jalon.le {
                    Some(at) => view! {
                        <li class="fait">
                            {jalon.quoi}" "<span class="quand">{format!("le {}", en_clair(at))}</span>
                        </li>
                    }
                    .into_any(),
                    None => view! {
                        <li class="attendu">{jalon.quoi}" "<span class="quand">"à venir"</span></li>
                    }
                    .into_any(),
                }).collect_view()}
            </ol>
            <p><strong>"À qui d’agir\u{a0}? "</strong>{who}</p>
            {delais.map(|delais| view! { <p class="delais">{usual(delais)}</p> })}
        </section>
    }
}

fn usual(DelaisUsuels { p50, p90 }: DelaisUsuels) -> String {
    let (half, most) = (duree(p50), duree(p90));
    if half == most {
        return format!("D’ordinaire, neuf demandes sur dix ont leur réponse en {most} (90 derniers jours).");
    }
    format!(
        "D’ordinaire, la moitié des demandes ont leur réponse en {half}, et neuf sur dix en {most} (90 derniers jours)."
    )
}
