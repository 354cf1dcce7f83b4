use domain::formation::{Lieu, Seance};
use leptos::prelude::*;

/// The table of the séances. A link shows only if its séance has one: the server gives it to who has a place.
pub fn seances(seances: Vec<Seance>) -> AnyView {
    let ligne = |seance: Seance| {
        let lien = match &seance.lieu {
            Lieu::ADistance { lien } if !lien.is_empty() => Some(lien.clone()),
            _ => None,
        };
        view! {
            <tr>
                <td>{seance.date()}</td>
                <td>{seance.heures()}</td>
                <td>
                    {seance.lieu.en_clair()}
                    {lien.map(|lien| view! { <br/><a href=lien rel="external noreferrer">"Rejoindre la séance"</a> })}
                </td>
            </tr>
        }
    };
    view! {
        <table>
            <caption>"Séances"</caption>
            <thead>
                <tr><th scope="col">"Date"</th><th scope="col">"Horaires"</th><th scope="col">"Lieu"</th></tr>
            </thead>
            <tbody>{seances.into_iter().map(ligne).collect_view()}</tbody>
        </table>
    }
    .into_any()
}
