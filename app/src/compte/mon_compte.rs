use domain::compte::Statut;
use domain::instant::en_clair;
use domain::ports::MonCompte;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::Deconnexion;
use crate::api::compte::read_account;
use crate::ui::{Attente, Avis, Page};

/// Where the request stands, who acts next, and, once validated, the account itself.
#[component]
pub fn PageMonCompte() -> impl IntoView {
    let account = Resource::new_blocking(|| (), |()| read_account());
    view! {
        <Transition fallback=Attente>
            {move || Suspend::new(async move {
                match account.await {
                    Ok(Some((compte, lien))) => view! { <Compte compte lien/> }.into_any(),
                    Ok(None) => view! { <Attente/> }.into_any(),
                    Err(error) => view! { <Avis alerte=true><p>{error.to_string()}</p></Avis> }.into_any(),
                }
            })}
        </Transition>
    }
}

fn heading(statut: Statut) -> &'static str {
    match statut {
        Statut::Actif => "Votre compte est validé",
        Statut::Refuse => "Votre demande n’a pas été acceptée",
        Statut::ACompleter => "Votre demande est à compléter",
        Statut::Suspendu => "Votre compte est suspendu",
        Statut::Retiree | Statut::Expiree => "Votre demande est terminée",
        Statut::EnAttenteActivation | Statut::AValider => "Votre demande attend sa validation",
    }
}

#[component]
fn Compte(compte: MonCompte, lien: String) -> impl IntoView {
    let query = use_query_map();
    let rerouted = Memo::new(move |_| query.with(|query| query.get("espace").is_some()));
    let statut = compte.statut;
    view! {
        <Page titre=heading(statut).to_owned()>
            {move || rerouted.get().then(|| view! {
                <Avis>
                    <p>
                        "Vous aviez choisi «\u{a0}Service formation d’une collectivité\u{a0}»\u{a0}: cet identifiant est celui d’un agent, "
                        "voici votre espace."
                    </p>
                </Avis>
            })}
            <p>{format!("Bonjour {} {}.", compte.prenom, compte.nom)}</p>
            {match statut {
                Statut::Actif => view! {
                    <p>"Vous pouvez vous préinscrire aux formations de formateurs."</p>
                    {(!lien.is_empty()).then(|| view! {
                        <p><a class="bouton principal" href=lien rel="external">"Me préinscrire à une formation"</a></p>
                    })}
                }
                .into_any(),
                Statut::Refuse => view! {
                    <div class="note">
                        <h2>"Le motif"</h2>
                        <p>{compte.motif.clone()}</p>
                        {compte.message.clone().filter(|message| !message.is_empty()).map(|message| view! {
                            <p class="message">{message}</p>
                        })}
                    </div>
                }
                .into_any(),
                _ => view! {
                    <p>"Un gestionnaire du CNFPT vérifie votre demande. Vous n’avez rien à faire\u{a0}: il vous écrira."</p>
                }
                .into_any(),
            }}
            <h2>"Le suivi"</h2>
            <ol class="suivi">
                <li class="fait">{format!("Demande envoyée le {}", en_clair(compte.envoyee_le))}</li>
                {compte.activee_le.map(|at| view! {
                    <li class="fait">{format!("Adresse confirmée et mot de passe choisi le {}", en_clair(at))}</li>
                })}
                {match compte.decidee_le {
                    Some(at) if statut == Statut::Refuse => view! {
                        <li class="fait">{format!("Demande refusée le {}", en_clair(at))}</li>
                    }
                    .into_any(),
                    Some(at) => view! { <li class="fait">{format!("Compte validé le {}", en_clair(at))}</li> }.into_any(),
                    None => view! { <li class="attendu">"Validation par un gestionnaire du CNFPT"</li> }.into_any(),
                }}
            </ol>
            <dl class="fiche">
                <div><dt>"Référence"</dt><dd>{compte.reference.to_string()}</dd></div>
                <div><dt>"Identifiant"</dt><dd>{compte.courriel}</dd></div>
                <div><dt>"Inscription"</dt><dd>{compte.cas.label()}</dd></div>
                <div><dt>"Employeur"</dt><dd>{compte.employeur}</dd></div>
            </dl>
            {(!compte.donnees.is_empty()).then(|| view! {
                <details>
                    <summary>"Mes renseignements"</summary>
                    {compte.donnees.into_iter().map(|(etape, fields)| view! {
                        <section class="recap">
                            <h2>{etape.label()}</h2>
                            <dl>
                                {fields.into_iter().map(|(label, value)| view! {
                                    <div><dt>{label}</dt><dd>{value}</dd></div>
                                }).collect_view()}
                            </dl>
                        </section>
                    }).collect_view()}
                </details>
            })}
            <Deconnexion/>
        </Page>
    }
}
