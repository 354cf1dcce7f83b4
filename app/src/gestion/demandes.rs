use domain::compte::Statut;
use domain::instant::age;
use domain::ports::PageDemandes as Contenu;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::cadre::Cadre;
use crate::api::gestion::read_demandes;
use crate::browser::encode;
use crate::gestion::DEMANDES;
use crate::ui::{Attente, Avis, Page};

/// The word that stands for « every state » in the address.
const TOUS: &str = "tous";

/// The queue. The filter lives in the address.
#[component]
pub fn PageDemandes() -> impl IntoView {
    let query = use_query_map();
    let read = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let statut = Memo::new(move |_| match read("statut") {
        none if none.is_empty() => Statut::AValider.code().to_owned(),
        chosen => chosen,
    });
    let recherche = Memo::new(move |_| read("q"));
    let apres = Memo::new(move |_| Some(read("apres")).filter(|after| !after.is_empty()));
    let page = Resource::new_blocking(
        move || (statut.get(), recherche.get(), apres.get()),
        |(statut, recherche, apres)| read_demandes(statut, recherche, apres),
    );
    view! {
        <Transition fallback=Attente>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(Some(vue)) => view! {
                        <Cadre qui=vue.qui>
                            <Liste contenu=vue.contenu statut=statut.get_untracked() recherche=recherche.get_untracked()/>
                        </Cadre>
                    }
                    .into_any(),
                    Ok(None) => view! { <Attente/> }.into_any(),
                    Err(error) => view! { <Avis alerte=true><p>{error.to_string()}</p></Avis> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Liste(contenu: Contenu, statut: String, recherche: String) -> impl IntoView {
    let next = contenu
        .suivante
        .map(|after| format!("{DEMANDES}?statut={statut}&q={}&apres={}", encode(&recherche), encode(&after)));
    let now = contenu.maintenant;
    let empty = contenu.lignes.is_empty();
    view! {
        <Page titre="Demandes" large=true>
            <form method="get" action=DEMANDES class="filtres" role="search">
                <div class="champ moyen">
                    <label for="recherche">"Rechercher"</label>
                    <input type="search" id="recherche" name="q" value=recherche autocomplete="off"
                        placeholder="Nom, adresse ou référence"/>
                </div>
                <div class="champ court">
                    <label for="statut">"État"</label>
                    <select id="statut" name="statut">
                        {Statut::ALL.into_iter().map(|known| view! {
                            <option value=known.code() selected=known.code() == statut>{known.label()}</option>
                        }).collect_view()}
                        <option value=TOUS selected=statut == TOUS>"Tous"</option>
                    </select>
                </div>
                <button type="submit">"Filtrer"</button>
            </form>
            <table aria-label="Demandes">
                <thead>
                    <tr>
                        <th scope="col">"Nom"</th>
                        <th scope="col">"Référence"</th>
                        <th scope="col">"Inscription"</th>
                        <th scope="col">"État"</th>
                        <th scope="col">"Depuis"</th>
                    </tr>
                </thead>
                <tbody>
                    {contenu.lignes.into_iter().map(|ligne| view! {
                        <tr>
                            <td><a href=format!("{DEMANDES}/{}", ligne.id)>{format!("{} {}", ligne.prenom, ligne.nom)}</a></td>
                            <td class="reference">{ligne.reference.to_string()}</td>
                            <td>{ligne.cas.label()}</td>
                            <td>{ligne.statut.label()}</td>
                            <td>{age(ligne.depuis, now)}</td>
                        </tr>
                    }).collect_view()}
                </tbody>
            </table>
            {empty.then(|| view! { <p class="vide">"Aucune demande ne correspond à ce filtre."</p> })}
            {next.map(|href| view! { <p><a class="bouton" href=href>"Page suivante"</a></p> })}
        </Page>
    }
}
