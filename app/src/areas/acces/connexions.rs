use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::connexions::{CloseConnexion, CloseOtherConnexions};
use super::port::ConnexionOuverte;
use crate::ui::{Avis, Formulaire};

/// The notice after some connexions were closed. It stands on top of a page.
pub fn connexions_closed() -> impl IntoView {
    let query = use_query_map();
    query.with_untracked(|query| query.get("connexions").is_some()).then(|| {
        view! { <Avis succes=true><p>"La liste de vos connexions est à jour."</p></Avis> }
    })
}

/// The browsers someone is signed in with, and the means to close them.
#[component]
pub fn MesConnexions(
    connexions: Vec<ConnexionOuverte>,
    /// The page that changes the person's password.
    changer: &'static str,
) -> impl IntoView {
    let others = connexions.iter().any(|connexion| !connexion.celle_ci);
    view! {
        <section class="connexions" id="connexions">
            <h2>"Vos connexions"</h2>
            <p>
                "Les navigateurs où vous êtes connecté. Un que vous ne reconnaissez pas\u{a0}? Fermez-le, puis "
                <a href=changer>"changez de mot de passe"</a>"."
            </p>
            <ul>{connexions.into_iter().map(ligne).collect_view()}</ul>
            {others.then(|| view! {
                <Formulaire action=CloseOtherConnexions::url()>
                    <button type="submit">"Fermer les autres connexions"</button>
                </Formulaire>
            })}
        </section>
    }
}

fn ligne(connexion: ConnexionOuverte) -> impl IntoView {
    let ConnexionOuverte { id, ouverte_le, vue_le, navigateur, celle_ci, essais: _, codes: _ } = connexion;
    let navigateur = if navigateur.is_empty() { "Navigateur inconnu".to_owned() } else { navigateur };
    let said = format!("connexion-{id}");
    view! {
        <li>
            <p id=said.clone()>
                <strong>{navigateur}</strong>
                {celle_ci.then_some(" (cette connexion)")}
                {format!("\u{a0}: ouverte le {}, utilisée le {}.", en_clair(ouverte_le), en_clair(vue_le))}
            </p>
            {(!celle_ci).then(|| view! {
                <Formulaire action=CloseConnexion::url()>
                    <input type="hidden" name="id" value=id/>
                    <button type="submit" aria-describedby=said>"Fermer cette connexion"</button>
                </Formulaire>
            })}
        </li>
    }
}
