use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::decisions::{DecideBulk, ReadSimulation};
use super::decision::ChoixMotif;
use super::port::{Motif, Simulation, Verdict};
use crate::areas::gestion::filtres::en_gestion;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{dossier_path, liste_path};
use crate::ui::{Formulaire, Page, lire};

/// A bulk decision before it is taken: its effects, and each file that it would leave out.
#[component]
pub fn PageLot() -> impl IntoView {
    let query = use_query_map();
    let ids = Memo::new(move |_| query.with(|query| query.get_all("id").unwrap_or_default().join(",")));
    let verdict = Memo::new(move |_| query.with(|query| query.get("verdict").unwrap_or_default()));
    let simulation = lire(move || ReadSimulation { verdict: verdict.get(), ids: ids.get() });
    lue(simulation, move |(simulations, motifs)| {
        let verdict = Verdict::from_code(&verdict.get_untracked()).unwrap_or(Verdict::Valider);
        let retour = query.with_untracked(|query| query.get("retour").unwrap_or_default());
        view! { <Lot verdict simulations motifs retour/> }.into_any()
    })
}

#[component]
fn Lot(verdict: Verdict, simulations: Vec<Simulation>, motifs: Vec<Motif>, retour: String) -> impl IntoView {
    let (left_out, taken): (Vec<Simulation>, Vec<Simulation>) =
        simulations.into_iter().partition(|simulation| simulation.exception.is_some());
    let files: Vec<String> =
        taken.iter().map(|simulation| format!("{}.{}", simulation.ligne.id, simulation.ligne.version)).collect();
    let count = taken.len();
    let refusing = verdict == Verdict::Refuser;
    let title = if refusing { "Refuser la sélection" } else { "Valider la sélection" };
    let what = if refusing { "refusées" } else { "validées" };
    let said = match count {
        0 => "Aucune de ces demandes ne peut être décidée ainsi.".to_owned(),
        1 => format!("1 demande sera {}.", if refusing { "refusée" } else { "validée" }),
        count => format!("{count} demandes seront {what}."),
    };
    let back = liste_path(&retour);
    view! {
        <Page titre=title large=true>
            <p role="status">{said}" Rien n’est encore fait."</p>
            {(!left_out.is_empty()).then(|| view! {
                <section class="exceptions">
                    <h2>{format!("Laissées de côté\u{a0}: {}", left_out.len())}</h2>
                    <ul>
                        {left_out.into_iter().map(|simulation| {
                            let why = simulation.exception.map(|why| why.en_mots()).unwrap_or_default();
                            view! {
                                <li>
                                    <a href=dossier_path(simulation.ligne.id, &retour)>
                                        {format!("{} {}", simulation.ligne.prenom, simulation.ligne.nom)}
                                    </a>
                                    {format!(" ({})\u{a0}: {why}", simulation.ligne.reference)}
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                </section>
            })}
            {(count > 0).then(|| view! {
                <table aria-label="Demandes décidées">
                    <thead>
                        <tr>
                            <th scope="col">"Nom"</th>
                            <th scope="col">"Référence"</th>
                            <th scope="col">"Inscription"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {taken.into_iter().map(|Simulation { ligne, .. }| view! {
                            <tr>
                                <td>{format!("{} {}", ligne.prenom, ligne.nom)}</td>
                                <td class="reference">{ligne.reference.to_string()}</td>
                                <td>{en_gestion(ligne.cas)}</td>
                            </tr>
                        }).collect_view()}
                    </tbody>
                </table>
                <Formulaire action=DecideBulk::url()>
                    <input type="hidden" name="verdict" value=verdict.code()/>
                    <input type="hidden" name="dossiers" value=files.join(",")/>
                    <input type="hidden" name="retour" value=retour.clone()/>
                    {refusing.then(|| view! { <ChoixMotif motifs/> })}
                    <div class="boutons">
                        <button type="submit" class=if refusing { "danger" } else { "principal" }>{title}</button>
                    </div>
                </Formulaire>
            })}
            <p class="seul"><a href=back>"Revenir aux demandes"</a></p>
        </Page>
    }
}
