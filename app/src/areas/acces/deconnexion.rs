use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::connexion::Logout;
use crate::ui::Formulaire;

/// « Se déconnecter », for both kinds of connexion.
#[component]
pub fn Deconnexion(#[prop(optional)] gestion: bool) -> impl IntoView {
    view! {
        <Formulaire action=Logout::url() class="deconnexion">
            <input type="hidden" name="gestion" value=gestion.to_string()/>
            <button type="submit" class="discret">"Se déconnecter"</button>
        </Formulaire>
    }
}
