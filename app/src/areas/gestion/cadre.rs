use domain::instant::{en_clair, heure};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_location;

use super::courriels::api::ResumeCourriels;
use crate::areas::acces::Deconnexion;
use crate::base::adresses::{
    COLLECTIVITES, COURRIELS, DELEGATIONS, DEMANDES, EQUIPE, GESTION_FORMATIONS, JOURNAL, MOTIFS, REGLAGES,
    SERVICES_FORMATION, STATISTIQUES,
};
use crate::base::appelants::Pause;
use crate::base::vue::Qui;
use crate::ui::{Avis, Formulaire};

/// The header of every page of the gestionnaires.
#[component]
pub fn Cadre(
    qui: Qui,
    /// The path of the page, for a page that the server makes without a router.
    #[prop(optional, into)]
    ici: Option<String>,
    children: Children,
) -> impl IntoView {
    let here = ici.unwrap_or_else(|| use_location().pathname.get_untracked());
    let link = |href: &'static str, label: &'static str| {
        let inside = here.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let current = match (inside, here == href) {
            (_, true) => Some("page"),
            (true, _) => Some("true"),
            _ => None,
        };
        view! { <a href=href aria-current=current>{label}</a> }
    };
    view! {
        <nav class="gestion" aria-label="Gestion">
            {link(DEMANDES, "Demandes")}
            {qui.formations.then(|| link(GESTION_FORMATIONS, "Formations"))}
            {qui.formations.then(|| link(DELEGATIONS, "Délégations"))}
            {link(COLLECTIVITES, "Collectivités")}
            {link(MOTIFS, "Motifs")}
            {link(COURRIELS, "Courriels")}
            {link(STATISTIQUES, "Statistiques")}
            {qui.administrateur.then(|| link(EQUIPE, "Équipe"))}
            {qui.administrateur.then(|| link(SERVICES_FORMATION, "Services formation"))}
            {qui.administrateur.then(|| link(JOURNAL, "Journal"))}
            <span class="qui">{qui.nom}</span>
            {link(REGLAGES, "Mes réglages")}
            <Deconnexion gestion=true/>
        </nav>
        {qui.suspension.map(suspension)}
        {children()}
    }
}

/// A red notice on every page, because people wait for mails that don't leave.
fn suspension(pause: Pause) -> impl IntoView {
    let (since, until) = (en_clair(pause.depuis), heure(pause.jusqu_a));
    view! {
        <Avis alerte=true>
            <p>{format!(
                "L’envoi des courriels est suspendu par {} depuis le {since}\u{a0}: aucun ne part. Il reprend de lui-même à {until}.",
                pause.par
            )}</p>
            <Formulaire action=ResumeCourriels::url()><button type="submit">"Reprendre l’envoi"</button></Formulaire>
        </Avis>
    }
}
