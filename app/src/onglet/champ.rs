use std::sync::Arc;

use domain::onglet::{Kind, Width};
use domain::valeurs::Pays;
use domain::{Brouillon, Contexte, Etape};
use leptos::prelude::*;

use super::particularites::{self, Proposees};
use crate::ui::{Aide, champ_id, invalide, vrai};

/// The remark of a gestionnaire on a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarqueDuChamp {
    /// `None`: the field only stands beside one that has a remark.
    pub remarque: Option<String>,
    pub avant: String,
}

/// One field of a tab: its label, its hint, its message, and the control its type asks for.
///
/// `value`, `checked` and `selected` are attributes, never properties: those would wipe what was typed before the
/// page was hydrated.
#[component]
pub fn Champ(
    etape: Etape,
    at: usize,
    /// The server's answers, for the controls as they are first shown.
    initial: Brouillon,
    /// The draft being typed.
    draft: RwSignal<Brouillon>,
    contexte: Contexte,
    /// The communes of the postal code.
    communes: Proposees,
    /// Whether the person left the field once, or asked to go on.
    #[prop(into)]
    shown: Signal<bool>,
    /// Whether somebody fills it in for another person. Their browser then proposes nothing that it knows of them.
    #[prop(optional)]
    pour_autrui: bool,
    /// In a correction: the remark, and the former answer.
    #[prop(optional)]
    remarque_du_champ: Option<RemarqueDuChamp>,
) -> impl IntoView {
    let onglet = initial.onglet(etape);
    let spec = onglet.specs()[at];
    let raw = onglet.get(at).to_owned();
    let required = onglet.required(at, &contexte);
    let kind = onglet.kind(at, &contexte);
    let look = spec.presentation;
    let autocomplete = if pour_autrui && cfg!(not(target_family = "wasm")) { "off" } else { look.autocomplete };

    let error = Memo::new(move |_| {
        let message = draft.with(|draft| draft.onglet(etape).check(at, &contexte));
        message.filter(|_| shown.get()).map(|message| message.to_string())
    });
    let id = champ_id(spec.name);
    let name = format!("champs[{}]", spec.name);
    let offers = remarque_du_champ.is_none();
    let mut described = format!("{id}-aide {id}-erreur");
    // Only the server shows a correction: the browser's copy leaves this out.
    let remarque = remarque_du_champ.filter(|_| cfg!(not(target_family = "wasm"))).and_then(
        |RemarqueDuChamp { remarque, avant }| {
            let own = format!("{id}-remarque");
            described = format!("{own} {described}");
            Some(view! { <Remarque id=own remarque=remarque? avant/> }.into_any())
        },
    );
    let invalid = invalide(error.into());
    let width = match look.width {
        Width::Short => "champ court",
        Width::Medium => "champ moyen",
        Width::Long => "champ long",
    };
    // The star is a sign for the eye, outside the label. The `required` attribute tells everybody else.
    let star = required.then(|| view! { <span class="etoile" aria-hidden="true">" *"</span> }.into_any());
    let aria_required = required.then_some("true");

    let control = match kind {
        Kind::Radios(options) => {
            return view! {
                <fieldset class="champ" class:invalide=vrai(Arc::new(move || error.with(Option::is_some))) aria-describedby=described>
                    <legend>{spec.label}{star}</legend>
                    {remarque}
                    <Aide id=id.clone() conseil=look.hint erreur=error/>
                    <div class="options">
                        {options.iter().enumerate().map(|(at, (value, label))| {
                            let own = if at == 0 { id.clone() } else { format!("{id}-{value}") };
                            view! {
                                <div class="option">
                                    // Each radio is marked, because a group of radios has no attribute that says that
                                    // it is required.
                                <input type="radio" name=name.clone() value=*value id=own.clone()
                                        required=required checked=*value == raw/>
                                    <label for=own>{*label}</label>
                                </div>
                            }
                            .into_any()
                        }).collect_view()}
                    </div>
                </fieldset>
            }
            .into_any();
        }
        Kind::Checkbox => {
            return view! {
                <div class="champ">
                    <Aide id=id.clone() erreur=error/>
                    <div class="option">
                        <input type="checkbox" name=name value="oui" id=id.clone() checked=raw == "oui"
                            aria-describedby=format!("{id}-erreur") aria-invalid=invalid aria-required=aria_required/>
                        <label for=id>{spec.label}{star}</label>
                    </div>
                </div>
            }
            .into_any();
        }
        Kind::Locked(text) => view! {
            <input type="text" id=id.clone() value=text readonly aria-describedby=described class="verrouille"/>
        }
        .into_any(),
        Kind::Select(options) => view! {
            <select id=id.clone() name=name aria-describedby=described aria-invalid=invalid
                aria-required=aria_required autocomplete=autocomplete>
                {(!options.iter().any(|(value, _)| *value == Pays::FRANCE))
                    .then(|| view! { <option value="">"Choisissez"</option> }.into_any())}
                {options.iter().map(|(value, label)| {
                    let selected = *value == raw;
                    view! { <option value=*value selected=selected>{*label}</option> }.into_any()
                }).collect_view()}
            </select>
        }
        .into_any(),
        // Only the server shows a page that asks for these: the browser's copy leaves this out.
        Kind::Groupes(_) if cfg!(target_family = "wasm") => ().into_any(),
        Kind::Groupes(groupes) => view! {
            <select id=id.clone() name=name aria-describedby=described aria-invalid=invalid aria-required=aria_required
                autocomplete="off">
                <option value="">"Choisissez"</option>
                {groupes.iter().map(|groupe| view! {
                    <optgroup label=groupe.label.clone()>
                        {groupe.options.iter().map(|option| view! {
                            <option value=option.value.clone() selected=option.value == raw>{option.label.clone()}</option>
                        }
                        .into_any()).collect_view()}
                    </optgroup>
                }
                .into_any()).collect_view()}
            </select>
        }
        .into_any(),
        Kind::LongText => view! {
            <textarea id=id.clone() name=name rows="4" aria-describedby=described aria-invalid=invalid
                autocomplete=autocomplete>{raw}</textarea>
        }
        .into_any(),
        Kind::Text | Kind::Email | Kind::Telephone | Kind::Digits => {
            let (kind, mode) = match kind {
                Kind::Email => ("email", Some("email")),
                Kind::Telephone => ("tel", Some("tel")),
                // No `type=date` and no picker: people know their birth date by heart.
                Kind::Digits => ("text", Some("numeric")),
                _ => ("text", None),
            };
            view! {
                <input type=kind id=id.clone() name=name value=raw inputmode=mode enterkeyhint="next"
                    autocomplete=autocomplete spellcheck="false" aria-describedby=described
                    aria-invalid=invalid aria-required=aria_required
                    list=particularites::datalist(spec.name)/>
            }
            .into_any()
        }
    };
    view! {
        <div class=width>
            <label for=id.clone()>{spec.label}</label>{star}
            {remarque}
            <Aide id=id.clone() conseil=look.hint erreur=error/>
            {control}
            {offers.then(|| particularites::after(spec.name, etape, draft, communes))}
        </div>
    }
    .into_any()
}

/// A gestionnaire's remark, shown at its field.
#[component]
fn Remarque(id: String, remarque: String, avant: String) -> impl IntoView {
    let avant = if avant.is_empty() { "rien".to_owned() } else { format!("«\u{a0}{avant}\u{a0}»") };
    view! {
        <div class="remarque" id=id>
            <p>{remarque}</p>
            <p>{format!("Vous aviez répondu\u{a0}: {avant}.")}</p>
        </div>
    }
}
