use domain::Etape;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::inscription::EraseDraft;
use crate::ui::{Avis, ErrorCode};

/// « Annuler » asks for a confirmation, because erasing can't be undone.
pub fn contenu(refus: Option<ErrorCode>) -> AnyView {
    view! {
        {refus.map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
        <p>"Rien n’a encore été envoyé. Vos réponses seront effacées de nos serveurs, tout de suite et pour de bon."</p>
        <div class="boutons">
            <a class="bouton principal" href=Etape::Identite.path()>"Continuer mon inscription"</a>
            <form action=EraseDraft::url() method="post">
                <button type="submit" class="danger">"Effacer mes réponses"</button>
            </form>
        </div>
    }
    .into_any()
}
