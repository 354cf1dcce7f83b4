use domain::formation::{FiltreCatalogue, Modalite};
use leptos::prelude::*;

use super::sessions;
use crate::areas::formations::port::PageDuCatalogue;
use crate::base::adresses::{FORMATIONS, encode};
use crate::base::routage::Recherche;
use crate::ui::{Avis, ErrorCode, PageRendue};

/// « Formations de formateurs ».
pub fn catalogue(filtre: &FiltreCatalogue, page: PageDuCatalogue, recherche: &Recherche) -> PageRendue {
    let PageDuCatalogue { lignes, suivante, delegations } = page;
    // The only refusal that leads here.
    let refus = ErrorCode::read(|name| recherche.get(name));
    let erreur = refus.is_some();
    let next = suivante.map(|key| address(&FiltreCatalogue { apres: Some(key), ..filtre.clone() }));
    let first = filtre.apres.map(|_| address(&FiltreCatalogue { apres: None, ..filtre.clone() }));
    let contenu = view! {
        {erreur.then(|| view! {
            <Avis alerte=true><p>"Cette session n’existe pas, ou n’est plus publiée."</p></Avis>
        })}
        {filtres(filtre, delegations)}
        {match lignes.is_empty() {
            true => view! { <p role="status">{nothing(filtre)}</p> }.into_any(),
            false => sessions(lignes, false),
        }}
        <p class="voisines">
            {first.map(|href| view! { <a href=href>"Revenir au début"</a> })}
            {next.map(|href| view! { <a rel="next" href=href>"Page suivante"</a> })}
        </p>
    };
    PageRendue::new("Formations de formateurs", erreur, contenu.into_any())
}

fn nothing(filtre: &FiltreCatalogue) -> &'static str {
    match (filtre.is_empty(), filtre.apres.is_some()) {
        (_, true) => "Il n’y a pas d’autre session.",
        (true, false) => "Aucune session n’est publiée pour le moment.",
        (false, false) => "Aucune session ne correspond à ces critères.",
    }
}

/// The address of the list under this filter.
fn address(filtre: &FiltreCatalogue) -> String {
    let pairs = filtre.parameters().into_iter().map(|(name, value)| format!("{name}={}", encode(&value)));
    match pairs.collect::<Vec<_>>().join("&") {
        query if query.is_empty() => FORMATIONS.to_owned(),
        query => format!("{FORMATIONS}?{query}"),
    }
}

/// A form that asks by GET.
fn filtres(filtre: &FiltreCatalogue, delegations: Vec<(i64, String)>) -> AnyView {
    let modalites = Modalite::ALL.map(|modalite| {
        let selected = filtre.modalite == Some(modalite);
        view! { <option value=modalite.code() selected=selected>{modalite.label()}</option> }
    });
    let delegations = delegations.into_iter().map(|(id, nom)| {
        let selected = filtre.delegation == Some(id);
        view! { <option value=id.to_string() selected=selected>{nom}</option> }
    });
    view! {
        <form method="get" action=FORMATIONS class="filtres" role="search">
            <div class="champ moyen">
                <label for="recherche">"Rechercher une formation"</label>
                <input type="search" id="recherche" name="q" value=filtre.recherche.clone() maxlength="100"
                    autocomplete="off" enterkeyhint="search"/>
            </div>
            <div class="champ court">
                <label for="modalite">"Modalité"</label>
                <select id="modalite" name="modalite">
                    <option value="">"Toutes"</option>
                    {modalites.collect_view()}
                </select>
            </div>
            <div class="champ court">
                <label for="delegation">"Délégation"</label>
                <select id="delegation" name="delegation">
                    <option value="">"Toutes"</option>
                    {delegations.collect_view()}
                </select>
            </div>
            <div class="champ court">
                <label for="depuis">"À partir du"</label>
                <input type="date" id="depuis" name="depuis" value=filtre.depuis.map(|day| day.to_string())/>
            </div>
            <div class="option">
                <input type="checkbox" id="ouvertes" name="ouvertes" value="1" checked=filtre.ouvertes/>
                <label for="ouvertes">"Seulement les sessions ouvertes"</label>
            </div>
            <button type="submit">"Filtrer"</button>
        </form>
        {(!filtre.is_empty()).then(|| view! { <p class="seul"><a href=FORMATIONS>"Effacer les filtres"</a></p> })}
    }
    .into_any()
}
