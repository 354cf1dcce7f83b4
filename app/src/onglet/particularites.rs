//! The help that a few fields offer beside their control.

use std::sync::Arc;

use domain::valeurs::AdresseCourriel;
use domain::{Brouillon, Etape};
use leptos::prelude::*;

use crate::base::appel::ask;
use crate::base::browser;
use crate::onglet::annuaire::api::ReadCommunes;
use crate::ui::{champ_id, escape, live};

/// The list of proposals that « Commune » points to.
pub const COMMUNES: &str = "communes-proposees";

/// The communes of the postal code. Nothing else here has the types of an `RwSignal`, so they would weigh.
pub type Proposees = (ReadSignal<Vec<String>>, WriteSignal<Vec<String>>);

/// The list of proposals of a field, where it has one.
pub fn datalist(name: &str) -> Option<&'static str> {
    (name == "commune").then_some(COMMUNES)
}

/// The help that follows the control of `name`.
pub fn after(name: &'static str, etape: Etape, draft: RwSignal<Brouillon>, communes: Proposees) -> Option<AnyView> {
    Some(match (etape, name) {
        (Etape::Identite, "nom_naissance") => view! { <CopieNom/> }.into_any(),
        (Etape::Coordonnees, "courriel") => view! { <VouliezVousDire draft/> }.into_any(),
        (Etape::Adresses, "commune") => view! { <Communes draft communes/> }.into_any(),
        _ => return None,
    })
}

/// « Nom de naissance » is « Nom » for most people.
#[component]
fn CopieNom() -> impl IntoView {
    let copy = move |_| browser::fill(&champ_id("nom_naissance"), &browser::value_of(&champ_id("nom")));
    view! { <button type="button" class="discret avec-script" on:click=copy>"Identique à mon nom"</button> }
}

/// A near-miss of a common mail domain: a question, never a refusal.
#[component]
fn VouliezVousDire(draft: RwSignal<Brouillon>) -> impl IntoView {
    let suggestion = Memo::new(move |_| draft.with(|draft| AdresseCourriel::suggestion(&draft.coordonnees.courriel)));
    view! {
        <div role="status">
            {move || suggestion.get().map(|address| {
                let fill = address.clone();
                view! {
                    <p class="suggestion">
                        <span inner_html=escape(&format!("Vouliez-vous dire {address}\u{a0}? "))></span>
                        <button type="button" class="discret avec-script"
                            on:click=move |_| browser::fill(&champ_id("courriel"), &fill)>
                            "Utiliser cette adresse"
                        </button>
                    </p>
                }
                .into_any()
            })}
        </div>
    }
}

/// Proposes the communes of the postal code under « Commune »; another name warns and never blocks. The page comes
/// with the communes of its postal code, and asks for those of another code.
#[component]
fn Communes(draft: RwSignal<Brouillon>, communes: Proposees) -> impl IntoView {
    let code_postal = Memo::new(move |_| {
        draft.with(|draft| {
            let code = draft.adresses.code_postal.trim();
            let french = domain::valeurs::Pays::is_france(&draft.adresses.pays);
            (french && domain::valeurs::CodePostal::is_french(code)).then(|| code.to_owned())
        })
    });
    let (communes, set_communes) = communes;
    let shown = StoredValue::new(code_postal.get_untracked());
    browser::effet(Box::new(move || {
        let code = code_postal.get();
        if shown.try_get_value().as_ref() == Some(&code) {
            return;
        }
        shown.set_value(code.clone());
        match code {
            Some(code) => leptos::task::spawn_local(async move {
                if let Ok(found) = ask(ReadCommunes { code_postal: code.clone() }).await
                    && code_postal.try_get_untracked().flatten().as_deref() == Some(code.as_str())
                {
                    set_communes.set(found.rows("commune").flatten().cloned().collect());
                }
            }),
            None => set_communes.set(Vec::new()),
        }
    }));
    let other = Signal::derive(move || {
        let typed = draft.with(|draft| domain::collectivite::fold(&draft.adresses.commune));
        communes.with(|all| {
            !typed.is_empty()
                && !all.is_empty()
                // CEDEX and an arrondissement's number come after the name.
                && !all.iter().any(|name| typed.starts_with(&domain::collectivite::fold(name)))
        })
    });
    view! {
        <datalist id=COMMUNES>
            {move || communes.get().into_iter().map(|name| view! { <option value=name></option> }.into_any()).collect_view()}
        </datalist>
        <div role="status">
            {move || other.get().then(|| view! {
                <p class="suggestion"
                    inner_html=live(Arc::new(move || escape(&format!(
                        "Ce code postal est celui de\u{a0}: {}. Gardez votre réponse si elle est juste.",
                        communes.get().join(", "),
                    ))))>
                </p>
            }
            .into_any())}
        </div>
    }
}
