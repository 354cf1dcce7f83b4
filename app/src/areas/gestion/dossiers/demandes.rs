use domain::filtre::{Depart, FiltreDemandes};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::dossiers::{Liste, ReadDemandes};
use super::attente::Attente as Age;
use super::port::{LigneDemande, ListeDemandes, Total};
use super::prise::Suivi;
use super::raccourcis::Raccourcis;
use crate::areas::acces::Essais;
use crate::areas::gestion::avis::{AvisListe, refus_de_droit};
use crate::areas::gestion::filtres::{Etats, Filtres, Homonymes, en_gestion, groupe};
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{DEMANDES, EXPORT, LOT, STAFF_MOT_DE_PASSE, dossier_path, liste_path, query_of};
use crate::ui::{Page, chercher, lire, parameters};

/// The queue. The filter lives in the address.
#[component]
pub fn PageDemandes() -> impl IntoView {
    let parametres = parameters();
    let page = lire(move || ReadDemandes { parametres: parametres.get() });
    let query = use_query_map();
    page.refresh("file", 10);
    lue(page, move |(filtre, liste, connexions)| {
        let typed = query.with_untracked(|query| query.get("collectivite").unwrap_or_default());
        let contenu = contenu(filtre, liste, typed);
        view! {
            <Page titre="Demandes" large=true>
                {refus_de_droit()}
                <Essais connexions changer=STAFF_MOT_DE_PASSE/>
                {contenu}
            </Page>
        }
        .into_any()
    })
}

fn contenu(filtre: FiltreDemandes, liste: Liste, typed: String) -> AnyView {
    match liste {
        Liste::Page(page) => {
            let named = page.collectivite.clone().unwrap_or_default();
            view! {
                <AvisListe filtre=filtre.clone()/>
                <Filtres filtre=filtre.clone() collectivite=named/>
                <File filtre page/>
                <Raccourcis/>
            }
            .into_any()
        }
        Liste::Collectivites(trouvees) => view! {
            <Filtres filtre=filtre.clone() collectivite=typed/>
            <Homonymes filtre trouvees/>
        }
        .into_any(),
    }
}

/// The part that is asked for again every ten seconds: states and rows together, so that they agree.
#[component]
fn File(filtre: FiltreDemandes, page: ListeDemandes) -> impl IntoView {
    let retour = query_of(&filtre);
    let at = |depart| liste_path(&query_of(&FiltreDemandes { depart, ..filtre.clone() }));
    let before = page.precedente.map(|key| at(Depart::Avant(key)));
    let after = page.suivante.map(|key| at(Depart::Apres(key)));
    let export = match query_of(&filtre.from_start()) {
        query if query.is_empty() => EXPORT.to_owned(),
        query => format!("{EXPORT}?{query}"),
    };
    let total = match page.total {
        Total::Exact(0) => "Aucune demande ne correspond à ce filtre.".to_owned(),
        Total::Exact(1) => "1 demande".to_owned(),
        Total::Exact(count) => format!("{} demandes", groupe(count)),
        Total::PlusDe(count) => format!("Plus de {} demandes", groupe(count)),
    };
    let now = page.maintenant;
    let empty = page.lignes.is_empty();
    view! {
        <div id="file">
            <Etats filtre=filtre.clone() compteurs=page.compteurs/>
            <form method="get" action=LOT class="lot" on:submit=chercher()>
                <input type="hidden" name="retour" value=retour.clone()/>
                <div class="barre">
                    <p class="total">{total}</p>
                    {(!empty).then(|| view! {
                        <button type="submit" name="verdict" value="valider">"Valider la sélection"</button>
                        <button type="submit" name="verdict" value="refuser">"Refuser la sélection"</button>
                        <a class="bouton discret" href=export download>"Exporter (CSV)"</a>
                    })}
                </div>
                <table aria-label="Demandes">
                    <thead>
                        <tr>
                            <th scope="col"><span class="hors-ecran">"Sélection"</span></th>
                            <th scope="col">"Nom"</th>
                            <th scope="col">"Référence"</th>
                            <th scope="col">"Inscription"</th>
                            <th scope="col">"État"</th>
                            <th scope="col">"Depuis"</th>
                            <th scope="col">"Suivi"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {page.lignes.into_iter().map(|ligne| view! {
                            <Rang href=dossier_path(ligne.id, &retour) ligne now/>
                        }).collect_view()}
                    </tbody>
                </table>
            </form>
            {(before.is_some() || after.is_some()).then(|| view! {
                <nav class="boutons" aria-label="Pages">
                    {before.map(|href| view! { <a class="bouton" href=href rel="prev">"Page précédente"</a> })}
                    {after.map(|href| view! { <a class="bouton" href=href rel="next">"Page suivante"</a> })}
                </nav>
            })}
        </div>
    }
}

#[component]
fn Rang(ligne: LigneDemande, href: String, now: i64) -> impl IntoView {
    let name = format!("{} {}", ligne.prenom, ligne.nom);
    view! {
        <tr>
            <td class="case">
                <input type="checkbox" name="id" value=ligne.id aria-label=format!("Sélectionner {name}")/>
            </td>
            <td class="nom"><a href=href data-ligne="">{name}</a></td>
            <td class="reference">{ligne.reference.to_string()}</td>
            <td>{en_gestion(ligne.cas)}</td>
            <td>{ligne.statut.label()}</td>
            <td class="depuis"><Age ligne=ligne.clone() maintenant=now/></td>
            <td><Suivi ligne/></td>
        </tr>
    }
}

/// The way back to the list, as it was filtered.
#[component]
pub fn RetourListe(retour: String) -> impl IntoView {
    let href = if retour.is_empty() { DEMANDES.to_owned() } else { liste_path(&retour) };
    view! { <p class="seul"><a href=href data-touche="l">"Revenir aux demandes"</a></p> }
}
