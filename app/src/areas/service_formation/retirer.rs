use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AgentSuivi, LetGo, ReadAgent};
use super::cadre::{Absent, Cadre};
use crate::base::adresses::SERVICE_FORMATION;
use crate::base::routage::parametre;
use crate::ui::{Avis, Formulaire, Page, lecture, lire, query_error};

/// « N’est plus notre agent », with a confirmation.
#[component]
pub fn PageRetirerAgent() -> impl IntoView {
    let reference = parametre("reference");
    let agent = lire(move || ReadAgent { reference: reference.get() });
    lecture(agent, |agent| match agent {
        Some(agent) => view! { <Retirer agent/> }.into_any(),
        None => view! { <Absent/> }.into_any(),
    })
}

#[component]
fn Retirer(agent: AgentSuivi) -> impl IntoView {
    let refused = query_error();
    let action = LetGo::url();
    let reference = agent.reference.to_string();
    view! {
        <Cadre>
            <Page titre="N’est plus notre agent">
                {refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
                <p>{format!("{}, référence {reference}.", agent.nom)}</p>
                <ul>
                    <li>"L’agent quitte votre liste\u{a0}: vous ne verrez plus l’état de sa demande ni de son compte."</li>
                    {if agent.en_attente {
                        view! { <li>"Sa demande n’est pas encore activée\u{a0}: elle s’arrête, et le lien qu’il a reçu ne servira plus."</li> }
                            .into_any()
                    } else {
                        view! { <li>"Son compte n’est ni fermé ni modifié\u{a0}: c’est le sien. Le CNFPT voit que vous ne le suivez plus."</li> }
                            .into_any()
                    }}
                    <li>"L’agent n’en est pas averti par courriel. Cela ne s’annule pas."</li>
                </ul>
                <div class="boutons">
                    <Formulaire action=action>
                        <input type="hidden" name="reference" value=reference/>
                        <button type="submit" class="danger">"N’est plus notre agent"</button>
                    </Formulaire>
                    <a class="bouton discret" href=SERVICE_FORMATION>"Revenir à nos agents"</a>
                </div>
            </Page>
        </Cadre>
    }
}
