use domain::compte::Statut;
use domain::ports::AgentPresente;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use super::cadre::{Absent, Cadre};
use crate::api::service_formation::{LetGo, read_agent};
use crate::base::adresses::SERVICE_FORMATION;
use crate::ui::{Avis, Page, lecture, query_error};

/// « N’est plus notre agent », with a confirmation.
#[component]
pub fn PageRetirerAgent() -> impl IntoView {
    let params = use_params_map();
    let reference = params.with_untracked(|params| params.get("reference").unwrap_or_default());
    let agent = Resource::new_blocking(move || reference.clone(), read_agent);
    lecture(agent, |agent| match agent {
        Some(agent) => view! { <Retirer agent/> }.into_any(),
        None => view! { <Absent/> }.into_any(),
    })
}

#[component]
fn Retirer(agent: AgentPresente) -> impl IntoView {
    let refused = query_error();
    let action = LetGo::url();
    let waiting = agent.statut == Statut::EnAttenteActivation;
    let reference = agent.reference.to_string();
    view! {
        <Cadre>
            <Page titre="N’est plus notre agent">
                {refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
                <p>{format!("{} {}, référence {reference}.", agent.prenom, agent.nom)}</p>
                <ul>
                    <li>"L’agent quitte votre liste\u{a0}: vous ne verrez plus l’état de sa demande ni de son compte."</li>
                    {if waiting {
                        view! { <li>"Sa demande n’est pas encore activée\u{a0}: elle s’arrête, et le lien qu’il a reçu ne servira plus."</li> }
                            .into_any()
                    } else {
                        view! { <li>"Son compte n’est ni fermé ni modifié\u{a0}: c’est le sien. Le CNFPT voit que vous ne le suivez plus."</li> }
                            .into_any()
                    }}
                    <li>"L’agent n’en est pas averti par courriel. Cela ne s’annule pas."</li>
                </ul>
                <div class="boutons">
                    <form action=action method="post">
                        <input type="hidden" name="reference" value=reference/>
                        <button type="submit" class="danger">"N’est plus notre agent"</button>
                    </form>
                    <a class="bouton discret" href=SERVICE_FORMATION>"Revenir à nos agents"</a>
                </div>
            </Page>
        </Cadre>
    }
}
