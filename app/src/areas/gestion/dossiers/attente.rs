use domain::instant::{Millis, age};
use leptos::prelude::*;

use super::port::LigneDemande;

const DAY: Millis = 24 * 3_600_000;

/// The waits from which a request is marked: a fortnight, and a month.
const LONGUE: Millis = 15 * DAY;
const TRES_LONGUE: Millis = 30 * DAY;

/// How long a decision has been awaited, in words, with a mark if that is long. If no decision is awaited, since when
/// the account has had its state.
#[component]
pub fn Attente(ligne: LigneDemande, maintenant: Millis) -> impl IntoView {
    let Some(length) = ligne.attente(maintenant) else {
        return view! { <span>{age(ligne.depuis, maintenant)}</span> }.into_any();
    };
    let words = age(maintenant - length, maintenant);
    let mark = match length {
        long if long >= TRES_LONGUE => Some(("■", "très longue attente", "marque tres-longue")),
        long if long >= LONGUE => Some(("▲", "longue attente", "marque longue")),
        _ => None,
    };
    view! {
        <span>{words}</span>
        {mark.map(|(sign, said, class)| view! {
            " "<span class=class aria-hidden="true" title=said>{sign}</span><span class="hors-ecran">{format!(" ({said})")}</span>
        })}
    }
    .into_any()
}
