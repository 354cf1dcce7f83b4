use leptos::prelude::*;

use super::api::dossiers::ReadComparaison;
use super::dossier::demande_inconnue;
use super::port::{Comparaison, LigneDemande, RangCompare};
use crate::areas::gestion::filtre_ici::filter_here;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::dossier_path;
use crate::base::routage::numero;
use crate::ui::{Page, lire};

/// Two files side by side: are they the same person's?
#[component]
pub fn PageComparaison() -> impl IntoView {
    let (gauche, droite) = (numero("id"), numero("autre"));
    let pair = lire(move || ReadComparaison { gauche: gauche.get(), droite: droite.get() });
    lue(pair, move |pair| match pair {
        Some(comparaison) => view! { <Deux comparaison retour=filter_here()/> }.into_any(),
        None => demande_inconnue(),
    })
}

#[component]
fn Deux(comparaison: Comparaison, retour: String) -> impl IntoView {
    let Comparaison { gauche, droite, rangs } = comparaison;
    let alike = rangs.iter().filter(|rang| rang.gauche == rang.droite).count();
    let said = format!("{alike} réponses sur {} sont les mêmes.", rangs.len());
    let head = move |ligne: &LigneDemande| {
        let href = dossier_path(ligne.id, &retour);
        view! {
            <th scope="col">
                <a href=href>{ligne.reference.to_string()}</a>
                <br/>
                {ligne.statut.label()}
            </th>
        }
    };
    view! {
        <Page titre="Comparer deux demandes" large=true>
            <p>{said}</p>
            <table class="comparaison">
                <caption class="hors-ecran">"Les deux demandes, réponse par réponse"</caption>
                <thead>
                    <tr><th scope="col">"Renseignement"</th>{head(&gauche)}{head(&droite)}</tr>
                </thead>
                <tbody>{rangs.into_iter().map(|rang| view! { <Rang rang/> }).collect_view()}</tbody>
            </table>
        </Page>
    }
}

#[component]
fn Rang(rang: RangCompare) -> impl IntoView {
    let differs = rang.gauche != rang.droite;
    let shown = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    view! {
        <tr class:different=differs>
            <th scope="row">
                {rang.label}
                {differs.then(|| view! { " "<span class="etiquette">"différent"</span> })}
            </th>
            <td>{shown(rang.gauche)}</td>
            <td>{shown(rang.droite)}</td>
        </tr>
    }
}
