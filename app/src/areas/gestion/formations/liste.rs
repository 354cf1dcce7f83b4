use domain::formation::{EtatListe, FiltreFormations};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::formations::{NoticeFormations, ReadFormations};
use super::port::{LigneFormation, ListeFormations};
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::filtres::groupe;
use crate::areas::gestion::lecture::trouvee;
use crate::base::adresses::{GESTION_FORMATIONS, IMPORT_FORMATIONS, encode, gestion_formation_path};
use crate::ui::{Avis, Page, champ_id, chercher, lire, parameters, refus};

/// The sessions. The filter lives in the address.
#[component]
pub fn PageFormations() -> impl IntoView {
    let parametres = parameters();
    trouvee(lire(move || ReadFormations { parametres: parametres.get() }), move |page| {
        let parametres = parametres.get_untracked();
        let filtre = FiltreFormations::read(|name| parametres.get(name).cloned());
        let next = page.suivante.map(|key| address(&FiltreFormations { apres: Some(key), ..filtre.clone() }));
        let hides_past = filtre.hides_past();
        view! {
            <Page titre="Sessions de formation" large=true>
                {notice::<NoticeFormations>()}
                {importees()}
                {refus(&[])}
                <div class="boutons">
                    <a class="bouton principal" href=format!("{GESTION_FORMATIONS}/nouvelle")>"Nouvelle session"</a>
                    <a class="bouton" href=IMPORT_FORMATIONS>"Importer"</a>
                </div>
                <Filtres filtre page=page.clone()/>
                {hides_past.then(|| view! {
                    <p class="aide">"Les sessions terminées ne sont pas montrées\u{a0}: choisissez un état ou une période."</p>
                })}
                {table(page.lignes)}
                {next.map(|href| view! {
                    <nav class="boutons" aria-label="Pages"><a class="bouton" rel="next" href=href>"Page suivante"</a></nav>
                })}
            </Page>
        }
        .into_any()
    })
}

/// The list under this filter.
fn address(filtre: &FiltreFormations) -> String {
    let pairs = filtre.parameters();
    let query: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    format!("{GESTION_FORMATIONS}?{}", query.join("&"))
}

/// The result of an import.
fn importees() -> impl IntoView {
    let count = use_query_map().with_untracked(|query| query.get("creees")?.parse::<u64>().ok());
    count.map(|count| {
        let said = match count {
            1 => "Fichier importé\u{a0}: 1 session ajoutée, en brouillon.".to_owned(),
            count => format!("Fichier importé\u{a0}: {} sessions ajoutées, en brouillon.", groupe(count)),
        };
        view! { <Avis succes=true><p>{said}</p></Avis> }
    })
}

fn table(lignes: Vec<LigneFormation>) -> AnyView {
    if lignes.is_empty() {
        return view! { <p role="status">"Aucune session ne correspond."</p> }.into_any();
    }
    view! {
        <table aria-label="Sessions de formation">
            <thead>
                <tr>
                    <th scope="col">"Intitulé"</th>
                    <th scope="col">"Code"</th>
                    <th scope="col">"Dates"</th>
                    <th scope="col">"Délégation"</th>
                    <th scope="col" class="nombre">"Places"</th>
                    <th scope="col" class="nombre">"À examiner"</th>
                    <th scope="col">"État"</th>
                </tr>
            </thead>
            <tbody>
                {lignes.into_iter().map(|ligne| view! {
                    <tr>
                        <td><a href=gestion_formation_path(ligne.id)>{ligne.intitule}</a></td>
                        <td class="reference">{ligne.adresse}</td>
                        <td>{ligne.dates}</td>
                        <td>{ligne.delegation}</td>
                        <td class="nombre" data-nom="Places">{ligne.places}</td>
                        <td class="nombre" data-nom="À examiner">{ligne.a_examiner}</td>
                        <td>{ligne.phase.label()}</td>
                    </tr>
                }).collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Filtres(filtre: FiltreFormations, page: ListeFormations) -> impl IntoView {
    let clear = !filtre.is_empty();
    let (q, etat, delegation, traiter) =
        (champ_id("q"), champ_id("etat"), champ_id("delegation"), champ_id("a_traiter"));
    let day = |name: &'static str, label: &'static str, value: String| {
        let id = champ_id(name);
        view! {
            <div class="champ court">
                <label for=id.clone()>{label}</label>
                <input type="date" id=id name=name value=value/>
            </div>
        }
    };
    let (du, au) = (filtre.du.map(|day| day.to_string()), filtre.au.map(|day| day.to_string()));
    view! {
        <form method="get" action=GESTION_FORMATIONS class="filtres" role="search" on:submit=chercher()>
            <div class="champ moyen">
                <label for=q.clone()>"Rechercher"</label>
                <input type="search" id=q name="q" value=filtre.recherche.clone() autocomplete="off"
                    placeholder="Intitulé, code ou commune"/>
            </div>
            <div class="champ court">
                <label for=etat.clone()>"État"</label>
                <select id=etat name="etat">
                    <option value="">"Tous"</option>
                    {EtatListe::ALL.into_iter().map(|known| view! {
                        <option value=known.code() selected=filtre.etat == Some(known)>{known.label()}</option>
                    }).collect_view()}
                </select>
            </div>
            <div class="champ moyen">
                <label for=delegation.clone()>"Délégation"</label>
                <select id=delegation name="delegation">
                    <option value="">"Toutes"</option>
                    {page.delegations.into_iter().map(|(id, nom)| view! {
                        <option value=id.to_string() selected=filtre.delegation == Some(id)>{nom}</option>
                    }).collect_view()}
                </select>
            </div>
            {day("du", "Première séance du", du.unwrap_or_default())}
            {day("au", "Première séance jusqu’au", au.unwrap_or_default())}
            <div class="option">
                <input type="checkbox" id=traiter.clone() name="a_traiter" value="1" checked=filtre.a_traiter/>
                <label for=traiter>"À traiter"</label>
            </div>
            <button type="submit">"Filtrer"</button>
            {clear.then(|| view! { <a class="bouton discret" href=GESTION_FORMATIONS>"Effacer les filtres"</a> })}
        </form>
    }
}
