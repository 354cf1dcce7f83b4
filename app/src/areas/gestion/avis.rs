//! The notices of the staff pages after an action. They are read from the address that the form led back to.

use domain::filtre::FiltreDemandes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::dossiers::api::decisions::CancelBulk;
use crate::base::adresses::query_of;
use crate::base::notice::{FAIT, Notice};
use crate::base::refus::Refus;
use crate::ui::{Avis, Formulaire, query_error};

/// The notice for a person who asked for a page of the administrateurs without being one. They are led to the list.
pub fn refus_de_droit() -> impl IntoView {
    let refused = query_error();
    move || {
        refused.get().map(|error| match error.refus {
            Refus::Droit => view! { <Avis alerte=true><p>"Cette page est réservée aux administrateurs."</p></Avis> },
            _ => view! { <Avis alerte=true><p>{error.message()}</p></Avis> },
        })
    }
}

/// The result of a bulk decision, and its cancellation while it is held.
#[component]
pub fn AvisListe(filtre: FiltreDemandes) -> impl IntoView {
    let query = use_query_map();
    let number = move |name: &'static str| query.with_untracked(|query| query.get(name)?.parse::<u32>().ok());
    let lot = query.with_untracked(|query| query.get("annulable").unwrap_or_default());
    let plural = |count: u32, one: &str, many: &str| match count {
        0 | 1 => format!("{count} {one}"),
        count => format!("{count} {many}"),
    };
    if let Some(count) = number("annulees") {
        let said = plural(count, "décision annulée.", "décisions annulées.");
        return view! { <Avis succes=true><p>{said}</p></Avis> }.into_any();
    }
    let Some(taken) = number("lot") else { return ().into_any() };
    let left_out = number("ecartees").filter(|count| *count > 0).map(|count| {
        plural(
            count,
            "dossier a changé entre-temps et n’a pas été décidé.",
            "dossiers ont changé entre-temps et n’ont pas été décidés.",
        )
    });
    view! {
        <Avis succes=true>
            <p>{plural(taken, "décision enregistrée.", "décisions enregistrées.")}" "{left_out}</p>
            {(!lot.is_empty()).then(|| view! {
                <Formulaire action=CancelBulk::url()>
                    <input type="hidden" name="lot" value=lot/>
                    <input type="hidden" name="retour" value=query_of(&filtre)/>
                    <button type="submit">"Annuler ces décisions"</button>
                </Formulaire>
            })}
        </Avis>
    }
    .into_any()
}

/// The notice that the address of the page names, of those of this page.
pub fn notice<N: Notice>() -> impl IntoView + use<N> {
    let code = use_query_map().with_untracked(|query| query.get(FAIT).unwrap_or_default());
    let notice = N::from_code(&code)?;
    let (done, words) = (notice.is_done(), notice.words());
    Some(view! { <Avis succes=done alerte=!done><p>{words}</p></Avis> })
}
