use domain::Etape;
use leptos::prelude::*;

use crate::api::inscription::EraseDraft;
use crate::ui::{Avis, Page, query_error};

/// « Annuler » asks for a confirmation, because erasing can't be undone.
#[component]
pub fn PageAnnuler() -> impl IntoView {
    let action = ServerAction::<EraseDraft>::new();
    let refused = query_error();
    view! {
        <Page titre="Annuler votre inscription\u{a0}?">
            {move || refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            <p>"Rien n’a encore été envoyé. Vos réponses seront effacées de nos serveurs, tout de suite et pour de bon."</p>
            <div class="boutons">
                <a class="bouton principal" href=Etape::Identite.path()>"Continuer mon inscription"</a>
                <ActionForm action>
                    <button type="submit" class="danger">"Effacer mes réponses"</button>
                </ActionForm>
            </div>
        </Page>
    }
}
