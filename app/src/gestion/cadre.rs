use leptos::prelude::*;

use crate::api::gestion::Qui;
use crate::compte::Deconnexion;
use crate::gestion::DEMANDES;

/// What stands above every page of the gestionnaires.
#[component]
pub fn Cadre(qui: Qui, children: Children) -> impl IntoView {
    view! {
        <nav class="gestion" aria-label="Gestion">
            <a href=DEMANDES>"Demandes"</a>
            <span class="qui">{qui.nom}</span>
            <Deconnexion gestion=true/>
        </nav>
        {children()}
    }
}
