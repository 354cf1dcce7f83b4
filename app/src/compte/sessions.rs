use domain::instant::en_clair;
use domain::ports::SessionOuverte;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::api::sessions::{CloseOtherSessions, CloseSession};
use crate::ui::Avis;

/// What a page says after some were closed; it stands on top.
pub fn sessions_closed() -> impl IntoView {
    let query = use_query_map();
    query.with_untracked(|query| query.get("sessions").is_some()).then(|| {
        view! { <Avis succes=true><p>"La liste de vos sessions est à jour."</p></Avis> }
    })
}

/// The browsers someone is signed in with, and the means to close them.
#[component]
pub fn MesSessions(
    sessions: Vec<SessionOuverte>,
    /// The page of their password.
    changer: &'static str,
) -> impl IntoView {
    let others = sessions.iter().any(|session| !session.celle_ci);
    view! {
        <section class="sessions" id="sessions">
            <h2>"Mes sessions"</h2>
            <p>
                "Les navigateurs où vous êtes connecté. Un que vous ne reconnaissez pas\u{a0}? Fermez-le, puis "
                <a href=changer>"changez de mot de passe"</a>"."
            </p>
            <ul>{sessions.into_iter().map(ligne).collect_view()}</ul>
            {others.then(|| view! {
                <form action=CloseOtherSessions::url() method="post">
                    <button type="submit">"Fermer les autres sessions"</button>
                </form>
            })}
        </section>
    }
}

fn ligne(session: SessionOuverte) -> impl IntoView {
    let SessionOuverte { id, ouverte_le, vue_le, navigateur, celle_ci, essais: _, codes: _ } = session;
    let navigateur = if navigateur.is_empty() { "Navigateur inconnu".to_owned() } else { navigateur };
    let said = format!("session-{id}");
    view! {
        <li>
            <p id=said.clone()>
                <strong>{navigateur}</strong>
                {celle_ci.then_some(" (cette session)")}
                {format!("\u{a0}: ouverte le {}, utilisée le {}.", en_clair(ouverte_le), en_clair(vue_le))}
            </p>
            {(!celle_ci).then(|| view! {
                <form action=CloseSession::url() method="post">
                    <input type="hidden" name="id" value=id/>
                    <button type="submit" aria-describedby=said>"Fermer cette session"</button>
                </form>
            })}
        </li>
    }
}
