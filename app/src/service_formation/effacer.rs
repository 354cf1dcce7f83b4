use domain::Etape;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_params_map;

use super::cadre::{Absent, Cadre};
use crate::api::service_formation::{EraseAgentDraft, read_agent_draft};
use crate::base::adresses::{SERVICE_FORMATION, onglet_path};
use crate::ui::{Avis, Page, lecture, query_error};

/// Erasing can't be undone, so the page asks for a confirmation.
#[component]
pub fn PageEffacerAgent() -> impl IntoView {
    let params = use_params_map();
    let id = params.with_untracked(|params| params.get("id").unwrap_or_default());
    let own = id.clone();
    let draft = Resource::new_blocking(move || own.clone(), |id| read_agent_draft(id, Etape::Identite));
    let action = EraseAgentDraft::url();
    let refused = query_error();
    lecture(draft, move |found| {
        let Some((draft, _)) = found else { return view! { <Absent/> }.into_any() };
        let on = draft.brouillon.first_incomplete(&draft.contexte()).unwrap_or(Etape::Validation);
        let collectivite = draft.collectivite.map(|collectivite| collectivite.line());
        let continuer = onglet_path(&id, on);
        let id = id.clone();
        view! {
            <Cadre collectivite=collectivite.unwrap_or_default()>
                <Page titre="Effacer cette inscription\u{a0}?">
                    {refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
                    <p>"Rien n’a encore été envoyé. Les réponses seront effacées de nos serveurs, tout de suite et pour de bon."</p>
                    <div class="boutons">
                        <a class="bouton principal" href=continuer>"Continuer l’inscription"</a>
                        <form action=action method="post">
                            <input type="hidden" name="id" value=id/>
                            <button type="submit" class="danger">"Effacer"</button>
                        </form>
                    </div>
                    <p><a href=SERVICE_FORMATION>"Revenir à nos agents"</a></p>
                </Page>
            </Cadre>
        }
        .into_any()
    })
}
