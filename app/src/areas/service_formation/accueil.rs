use domain::Reference;
use domain::instant::{jour, today};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{ReadAgents, StartAgent};
use super::cadre::Cadre;
use super::port::{AgentPresente, BrouillonAgent, ListeAgents};
use crate::areas::acces::{ConnexionOuverte, Essais, MesConnexions, connexions_closed, password_changed};
use crate::base::adresses::{SERVICE_FORMATION, SERVICE_MOT_DE_PASSE, effacer_path, encode, onglet_path, retirer_path};
use crate::base::refus::Refus;
use crate::ui::{Avis, Formulaire, Page, chercher, lire, lu, query_error};

/// The agents a service formation presented, and the sign-ups it has begun.
#[component]
pub fn PageAgentsPresentes() -> impl IntoView {
    let query = use_query_map();
    let read = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let recherche = Memo::new(move |_| read("q"));
    let apres = Memo::new(move |_| Some(read("apres")).filter(|after| !after.is_empty()));
    let page = lire(move || ReadAgents { recherche: recherche.get(), apres: apres.get() });
    lu(page, move |(contenu, connexions)| {
        view! {
            <Cadre collectivite=contenu.collectivite.clone()>
                <Accueil contenu connexions recherche=recherche.get_untracked()/>
            </Cadre>
        }
        .into_any()
    })
}

#[component]
fn Accueil(contenu: ListeAgents, connexions: Vec<ConnexionOuverte>, recherche: String) -> impl IntoView {
    let ListeAgents { collectivite: _, brouillons, agents, suivante } = contenu;
    let next = suivante.map(|after| format!("{SERVICE_FORMATION}?q={}&apres={}", encode(&recherche), encode(&after)));
    let searched = !recherche.trim().is_empty();
    let start = StartAgent::url();
    view! {
        <Page titre="Nos agents" large=true>
            <Annonces/>
            <Essais connexions=connexions.clone() changer=SERVICE_MOT_DE_PASSE/>
            {connexions_closed()}
            {password_changed()}
            <p>
                "Vous inscrivez ici vos agents comme intervenants auprès du CNFPT, et vous suivez l’état de leur demande. "
                "Vous voyez ce que vous avez saisi et l’état, rien d’autre\u{a0}: le compte est celui de l’agent."
            </p>
            <Formulaire action=start>
                <button type="submit" class="principal">"Inscrire un agent"</button>
            </Formulaire>
            {(!brouillons.is_empty()).then(|| view! { <Brouillons brouillons/> })}
            <h2>"Agents présentés"</h2>
            <form method="get" action=SERVICE_FORMATION class="filtres" role="search" on:submit=chercher()>
                <div class="champ moyen">
                    <label for="recherche">"Rechercher"</label>
                    <input type="search" id="recherche" name="q" value=recherche autocomplete="off"
                        placeholder="Nom ou référence"/>
                </div>
                <button type="submit">"Filtrer"</button>
            </form>
            {if agents.is_empty() {
                let nobody = if searched { "Aucun agent ne correspond à cette recherche." } else { "Vous n’avez encore présenté aucun agent." };
                view! { <p class="vide">{nobody}</p> }.into_any()
            } else {
                view! { <Agents agents/> }.into_any()
            }}
            {next.map(|href| view! { <p><a class="bouton" href=href>"Page suivante"</a></p> })}
            <MesConnexions connexions changer=SERVICE_MOT_DE_PASSE/>
            <p><a href=SERVICE_MOT_DE_PASSE>"Changer de mot de passe"</a></p>
        </Page>
    }
}

/// The notice of the last action.
#[component]
fn Annonces() -> impl IntoView {
    let query = use_query_map();
    let flag = move |name: &str| query.with_untracked(|query| query.get(name).is_some());
    let presented = query.with_untracked(|query| query.get("inscrit").and_then(|text| text.parse::<Reference>().ok()));
    let refused = query_error();
    view! {
        {flag("espace").then(|| view! {
            <Avis>
                <p>
                    "Vous aviez choisi «\u{a0}Agent travaillant dans une collectivité\u{a0}»\u{a0}: cet identifiant est celui d’un "
                    "service formation, voici votre espace."
                </p>
            </Avis>
        })}
        {presented.map(|reference| view! {
            <Avis succes=true>
                <p>
                    {format!("L’agent est inscrit sous la référence {reference}. Il reçoit un courriel pour choisir son mot de \
                        passe dans les 72 heures, puis relire ses renseignements et les certifier.")}
                </p>
            </Avis>
        })}
        {flag("garde").then(|| view! { <Avis succes=true><p>"Les réponses sont enregistrées."</p></Avis> })}
        {flag("efface").then(|| view! { <Avis succes=true><p>"Les réponses sont effacées."</p></Avis> })}
        {flag("retire").then(|| view! { <Avis succes=true><p>"L’agent n’est plus dans votre liste."</p></Avis> })}
        {refused.get_untracked().map(|error| view! {
            <Avis alerte=true>
                <p>{match error.refus {
                    Refus::Absent => "Cette inscription n’existe plus\u{a0}: elle a été envoyée ou effacée.".to_owned(),
                    Refus::Brouillons => "Votre collectivité a déjà 200 inscriptions commencées\u{a0}: terminez-en ou effacez-en.".to_owned(),
                    _ => error.message(),
                }}</p>
            </Avis>
        })}
    }
}

#[component]
fn Brouillons(brouillons: Vec<BrouillonAgent>) -> impl IntoView {
    view! {
        <h2>"Inscriptions commencées"</h2>
        <ul class="brouillons">
            {brouillons.into_iter().map(|draft| {
                let name = match format!("{} {}", draft.prenom.trim(), draft.nom.trim()).trim() {
                    "" => "Agent sans nom".to_owned(),
                    name => name.to_owned(),
                };
                let whose = || view! { <span class="hors-ecran">{format!("\u{a0}: {name}")}</span> };
                view! {
                    <li>
                        <span>{format!("{name}, gardée jusqu’au {}", draft.fin)}</span>" "
                        <a class="bouton" href=onglet_path(&draft.id, draft.etape)>"Reprendre"{whose()}</a>" "
                        <a class="bouton discret" href=effacer_path(&draft.id)>"Effacer"{whose()}</a>
                    </li>
                }
            }).collect_view()}
        </ul>
    }
}

#[component]
fn Agents(agents: Vec<AgentPresente>) -> impl IntoView {
    view! {
        <table aria-label="Agents présentés">
            <thead>
                <tr>
                    <th scope="col">"Nom"</th>
                    <th scope="col">"Référence"</th>
                    <th scope="col">"Adresse de messagerie"</th>
                    <th scope="col">"État"</th>
                    <th scope="col">"Présenté le"</th>
                    <th scope="col">"Action"</th>
                </tr>
            </thead>
            <tbody>
                {agents.into_iter().map(|agent| {
                    let name = format!("{} {}", agent.prenom, agent.nom);
                    let reference = agent.reference.to_string();
                    view! {
                        <tr>
                            <td>{name.clone()}</td>
                            <td class="reference">{reference.clone()}</td>
                            <td>{agent.courriel}</td>
                            <td>{agent.statut.label()}</td>
                            <td>{jour(today(agent.presente_le))}</td>
                            <td>
                                <a href=retirer_path(&reference)>
                                    "N’est plus notre agent"<span class="hors-ecran">{format!("\u{a0}: {name}")}</span>
                                </a>
                            </td>
                        </tr>
                    }
                }).collect_view()}
            </tbody>
        </table>
    }
}
