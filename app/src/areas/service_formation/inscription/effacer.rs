use domain::{BrouillonEnCours, Etape};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::service_formation::api::EraseAgentDraft;
use crate::areas::service_formation::cadre::Cadre;
use crate::base::adresses::{SERVICE_FORMATION, onglet_path};
use crate::ui::{Avis, ErrorCode, PageRendue};

/// Erasing can't be undone, so the page asks for a confirmation.
pub fn page(id: String, draft: BrouillonEnCours, refus: Option<ErrorCode>) -> PageRendue {
    let on = draft.brouillon.first_incomplete(&draft.contexte()).unwrap_or(Etape::Validation);
    let collectivite = draft.collectivite.map(|collectivite| collectivite.line()).unwrap_or_default();
    let continuer = onglet_path(&id, on);
    let contenu = view! {
        {refus.map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
        <p>"Rien n’a encore été envoyé. Les réponses seront effacées de nos serveurs, tout de suite et pour de bon."</p>
        <div class="boutons">
            <a class="bouton principal" href=continuer>"Continuer l’inscription"</a>
            <form action=EraseAgentDraft::url() method="post">
                <input type="hidden" name="id" value=id/>
                <button type="submit" class="danger">"Effacer"</button>
            </form>
        </div>
        <p><a href=SERVICE_FORMATION>"Revenir à nos agents"</a></p>
    };
    let avant = view! { <Cadre collectivite>""</Cadre> };
    PageRendue::new("Effacer cette inscription\u{a0}?", false, contenu.into_any()).under(avant.into_any())
}
