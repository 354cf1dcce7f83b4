use domain::instant::{duree, jour, jour_et_mois, today};
use leptos::prelude::*;

use super::api::ReadStatistiques;
use super::graphique::{Barre, Colonnes};
use super::port::{Semaine, Statistiques};
use crate::areas::gestion::filtres::groupe;
use crate::areas::gestion::lecture::lue;
use crate::ui::{Page, lire};

/// Figures about the queue.
#[component]
pub fn PageStatistiques() -> impl IntoView {
    lue(lire(|| ReadStatistiques {}), |figures| {
        let Statistiques { en_attente, plus_ancienne, mediane, p90, decidees, semaines, motifs, collectivites } =
            figures;
        let or_none = |length: Option<i64>| length.map_or_else(|| "—".to_owned(), duree);
        view! {
            <Page titre="Statistiques" large=true>
                <dl class="chiffres">
                    <div><dt>"À valider"</dt><dd>{groupe(en_attente)}</dd></div>
                    <div><dt>"La plus ancienne attend depuis"</dt><dd>{or_none(plus_ancienne)}</dd></div>
                    <div><dt>"Délai médian"</dt><dd>{or_none(mediane)}</dd></div>
                    <div><dt>"Neuf décisions sur dix en"</dt><dd>{or_none(p90)}</dd></div>
                </dl>
                <p class="aide">{format!("Délais des {} décisions des 90 derniers jours\u{a0}; le temps que la personne met à corriger n’est pas compté.", groupe(decidees))}</p>
                <Semaines semaines/>
                <div class="colonnes">
                    <Classement titre="Refus par motif, 90 derniers jours" quoi="Motif" combien="Refus" rangs=motifs/>
                    <Classement titre="Demandes par collectivité" quoi="Collectivité" combien="Demandes" rangs=collectivites/>
                </div>
            </Page>
        }
        .into_any()
    })
}

#[component]
fn Semaines(semaines: Vec<Semaine>) -> impl IntoView {
    let total: u64 = semaines.iter().map(|week| week.validations + week.refus).sum();
    let most = semaines.iter().max_by_key(|week| week.validations + week.refus);
    let description = most.map(|week| format!(
        "{} décisions en 26 semaines\u{a0}; {} dans la plus chargée, celle du {}. Les chiffres sont dans le tableau qui suit.",
        groupe(total), groupe(week.validations + week.refus), jour(today(week.debut)),
    )).unwrap_or_default();
    let count = semaines.len();
    let bars = semaines.iter().enumerate().map(|(at, week)| {
        // The last bars leave no room for a date.
        let label = (at % 5 == 0 && at + 3 <= count).then(|| jour_et_mois(today(week.debut)));
        (label, [week.validations, week.refus])
    });
    view! {
        <section>
            <h2>"Décisions par semaine"</h2>
            <Colonnes titre="Décisions par semaine" description series=["Validations", "Refus"] barres=bars.collect()/>
            <details>
                <summary>"Les chiffres"</summary>
                <table aria-label="Décisions par semaine">
                    <thead>
                        <tr>
                            <th scope="col">"Semaine du"</th>
                            <th scope="col" class="nombre">"Validations"</th>
                            <th scope="col" class="nombre">"Refus"</th>
                            <th scope="col" class="nombre">"Corrections demandées"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {semaines.iter().rev().map(|week| view! {
                            <tr>
                                <td>{jour(today(week.debut))}</td>
                                <td class="nombre" data-nom="Validations">{groupe(week.validations)}</td>
                                <td class="nombre" data-nom="Refus">{groupe(week.refus)}</td>
                                <td class="nombre" data-nom="Corrections demandées">{groupe(week.corrections)}</td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
            </details>
        </section>
    }
}

#[component]
fn Classement(
    titre: &'static str,
    quoi: &'static str,
    combien: &'static str,
    rangs: Vec<(String, u64)>,
) -> impl IntoView {
    let max = rangs.iter().map(|(_, count)| *count).max().unwrap_or(0);
    view! {
        <section>
            <h2>{titre}</h2>
            {if rangs.is_empty() {
                view! { <p>"Rien à montrer encore."</p> }.into_any()
            } else {
                view! {
                    <table aria-label=titre class="classement">
                        <thead>
                            <tr>
                                <th scope="col">{quoi}</th>
                                <th scope="col" class="nombre">{combien}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {rangs.into_iter().map(|(name, count)| view! {
                                <tr>
                                    <td>{name}<Barre value=count max/></td>
                                    <td class="nombre" data-nom=combien>{groupe(count)}</td>
                                </tr>
                            }).collect_view()}
                        </tbody>
                    </table>
                }
                .into_any()
            }}
        </section>
    }
}
