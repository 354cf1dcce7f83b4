//! The notices of the staff pages after an action. They are read from the address that the form led back to.

use domain::filtre::FiltreDemandes;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::api::decisions::CancelBulk;
use crate::base::adresses::query_of;
use crate::ui::{Avis, query_error};

/// The notice for a person who asked for a page of the administrateurs without being one. They are led to the list.
pub fn refus_de_droit() -> impl IntoView {
    let refused = query_error();
    move || {
        refused.get().map(|error| match error.code.as_str() {
            "droit" => view! { <Avis alerte=true><p>"Cette page est réservée aux administrateurs."</p></Avis> },
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
                <form action=CancelBulk::url() method="post">
                    <input type="hidden" name="lot" value=lot/>
                    <input type="hidden" name="retour" value=query_of(&filtre)/>
                    <button type="submit">"Annuler ces décisions"</button>
                </form>
            })}
        </Avis>
    }
    .into_any()
}

/// The notice for the code that a form came back with: (code, whether it went well, words).
pub fn dit(known: &[(&str, bool, &'static str)]) -> impl IntoView + use<> {
    let code = use_query_map().with_untracked(|query| query.get("fait").unwrap_or_default());
    let (_, ok, text) = known.iter().copied().find(|(known, ..)| *known == code)?;
    Some(view! { <Avis succes=ok alerte=!ok><p>{text}</p></Avis> })
}

/// The refusal that any form of the staff can end with, unless the page shows it at the field.
pub fn refus(own: &'static [&'static str]) -> impl IntoView {
    let refused = query_error();
    move || {
        refused.get().filter(|error| !own.contains(&error.code.as_str())).map(|error| {
            view! {
                <Avis alerte=true><p>{error.message()}</p></Avis>
            }
        })
    }
}

/// The notice of the last action on a file, other than a decision.
pub fn fait() -> impl IntoView {
    let query = use_query_map();
    let what = query.with_untracked(|query| query.get("fait").unwrap_or_default());
    let (ok, text) = match what.as_str() {
        "note" => (true, "Note enregistrée."),
        "note-vide" => (false, "La note est vide\u{a0}: rien n’a été enregistré."),
        "renvoye" => (true, "Le courriel est remis en file\u{a0}: il part dans un instant."),
        "adresse" => {
            (true, "Adresse corrigée\u{a0}: un nouveau lien d’activation y est envoyé, l’ancien ne sert plus.")
        }
        "connexions" => (true, "Connexions fermées\u{a0}: la personne doit se reconnecter."),
        "sans-objet" => (false, "Rien n’a été changé\u{a0}: la situation a changé entre-temps."),
        "trop-tard" => (false, "Trop tard\u{a0}: la situation a changé entre-temps. Voici où en est le dossier."),
        "trop-de-courriels" => (false, "Cette adresse a reçu ses courriels de la journée\u{a0}: réessayez demain."),
        "deja-prise" => (false, "Un collègue vient de s’en charger."),
        _ => return ().into_any(),
    };
    view! { <Avis succes=ok alerte=!ok><p>{text}</p></Avis> }.into_any()
}
