use leptos::prelude::*;

use crate::api::connexion::Logout;

/// « Se déconnecter », for both kinds of connexion.
#[component]
pub fn Deconnexion(#[prop(optional)] gestion: bool) -> impl IntoView {
    let action = ServerAction::<Logout>::new();
    view! {
        <ActionForm action attr:class="deconnexion">
            <input type="hidden" name="gestion" value=gestion.to_string()/>
            <button type="submit" class="discret">"Se déconnecter"</button>
        </ActionForm>
    }
}
