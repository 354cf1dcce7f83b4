use leptos::prelude::*;

use crate::api::connexion::StaffLogin;
use crate::connexion::{ChampsConnexion, Identifiants};
use crate::ui::{Page, query_error};

#[component]
pub fn PageConnexionGestion() -> impl IntoView {
    let action = ServerAction::<StaffLogin>::new();
    let refused = query_error();
    view! {
        <Page titre="Gestion des demandes" erreur=Signal::derive(move || refused.get().is_some())>
            <Identifiants>
                <ActionForm action attr:novalidate=true attr:class="connexion"><ChampsConnexion/></ActionForm>
            </Identifiants>
        </Page>
    }
}
