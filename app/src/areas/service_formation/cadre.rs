use leptos::prelude::*;

use crate::areas::acces::Deconnexion;
use crate::base::adresses::SERVICE_FORMATION;
use crate::ui::Page;

/// The header of every page of a service formation.
#[component]
pub fn Cadre(#[prop(optional, into)] collectivite: String, children: Children) -> impl IntoView {
    view! {
        <nav class="gestion" aria-label="Service formation">
            <a href=SERVICE_FORMATION>"Nos agents"</a>
            <span class="qui">{collectivite}</span>
            <Deconnexion/>
        </nav>
        {children()}
    }
}

pub const ABSENT: &str = "Cette page n’existe pas";

pub fn contenu_absent() -> AnyView {
    view! {
        <p>"L’inscription a été envoyée ou effacée, ou l’adresse est incomplète."</p>
        <p><a class="bouton" href=SERVICE_FORMATION>"Revenir à nos agents"</a></p>
    }
    .into_any()
}

/// The page for something that does not exist, and for something that is another's: it is the same.
#[component]
pub fn Absent() -> impl IntoView {
    view! {
        <Cadre>
            <Page titre=ABSENT>{contenu_absent()}</Page>
        </Cadre>
    }
}
