use domain::instant::en_clair;
use leptos::prelude::*;

use super::api::ReadJournal;
use super::port::{FiltreJournal, LigneJournal, ListeJournal};
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{DEMANDES, JOURNAL, encode};
use crate::ui::{Page, champ_id, chercher, lire, parameters};

/// The journal of everybody's actions. The filter lives in the address.
#[component]
pub fn PageJournal() -> impl IntoView {
    let parametres = parameters();
    lue(lire(move || ReadJournal { parametres: parametres.get() }), |page| {
        let next = page.suivante.map(|key| next_path(&page.filtre, key));
        let empty = page.lignes.is_empty();
        view! {
            <Page titre="Journal" large=true>
                <p class="aide">"Chaque minute, les nouvelles lignes sont scellées\u{a0}: «\u{a0}iel check --journal\u{a0}» montre celle qui serait changée ou retirée ensuite."</p>
                <Filtres page=page.clone()/>
                {if empty {
                    view! { <p>"Aucune ligne ne correspond à ce filtre."</p> }.into_any()
                } else {
                    view! {
                        <table aria-label="Journal">
                            <thead>
                                <tr>
                                    <th scope="col" class="nombre">"N°"</th>
                                    <th scope="col">"Quand"</th>
                                    <th scope="col">"Qui"</th>
                                    <th scope="col">"Quoi"</th>
                                    <th scope="col">"Demande"</th>
                                    <th scope="col">"Champs"</th>
                                    <th scope="col">"Sceau"</th>
                                </tr>
                            </thead>
                            <tbody>{page.lignes.into_iter().map(rang).collect_view()}</tbody>
                        </table>
                    }
                    .into_any()
                }}
                {next.map(|href| view! {
                    <nav class="boutons" aria-label="Pages"><a class="bouton" rel="next" href=href>"Page suivante"</a></nav>
                })}
            </Page>
        }
        .into_any()
    })
}

fn next_path(filtre: &FiltreJournal, key: i64) -> String {
    let FiltreJournal { acteur, action, reference, du, au, apres: _ } = filtre;
    let pairs = [("acteur", acteur), ("action", action), ("reference", reference), ("du", du), ("au", au)];
    let kept = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query: String = kept.map(|(name, value)| format!("{name}={}&", encode(value))).collect();
    format!("{JOURNAL}?{query}apres={key}")
}

fn rang(ligne: LigneJournal) -> impl IntoView {
    view! {
        <tr>
            <td class="nombre">{ligne.id}</td>
            <td class="insecable">{en_clair(ligne.le)}</td>
            <td>{ligne.acteur}</td>
            <td>{ligne.quoi}</td>
            <td class="reference">{ligne.dossier.map(|(id, reference)| match reference {
                Some(reference) => view! { <a href=format!("{DEMANDES}/{id}")>{reference.to_string()}</a> }.into_any(),
                None => format!("n°\u{a0}{id}, effacée").into_any(),
            })}</td>
            <td>{ligne.champs}</td>
            <td>{if ligne.scellee { "scellée" } else { "à sceller" }}</td>
        </tr>
    }
}

#[component]
fn Filtres(page: ListeJournal) -> impl IntoView {
    let ListeJournal { filtre, acteurs, actions, .. } = page;
    let select =
        |name: &'static str, label: &'static str, all: &'static str, chosen: String, known: Vec<(String, String)>| {
            let id = champ_id(name);
            view! {
                <div class="champ moyen">
                    <label for=id.clone()>{label}</label>
                    <select id=id name=name>
                        <option value="">{all}</option>
                        {known.into_iter().map(|(code, words)| {
                            let selected = code == chosen;
                            view! { <option value=code selected=selected>{words}</option> }
                        }).collect_view()}
                    </select>
                </div>
            }
        };
    let input = |name: &'static str, label: &'static str, kind: &'static str, value: String| {
        let id = champ_id(name);
        view! {
            <div class="champ court">
                <label for=id.clone()>{label}</label>
                <input type=kind id=id name=name value=value/>
            </div>
        }
    };
    view! {
        <form method="get" action=JOURNAL class="filtres" role="search" on:submit=chercher()>
            {select("acteur", "Qui", "Tout le monde", filtre.acteur, acteurs)}
            {select("action", "Quoi", "Tout", filtre.action, actions)}
            {input("reference", "Référence", "text", filtre.reference)}
            {input("du", "Du", "date", filtre.du)}
            {input("au", "Au", "date", filtre.au)}
            <button type="submit">"Filtrer"</button>
        </form>
    }
}
