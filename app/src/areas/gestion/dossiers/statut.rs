use domain::compte::Statut;
use domain::instant::{jour, today};
use leptos::prelude::*;

use super::corrections::DemanderCorrections;
use super::decision::{
    ConfirmerRefus, ConfirmerReouverture, ConfirmerRetablissement, ConfirmerSuspension, ConfirmerValidation,
};
use super::port::{Dossier, Motif};
use crate::areas::gestion::filtre_ici::fields_here;
use crate::base::adresses::dossier_sub_path;
use crate::base::browser;

/// The actions on a file in its present state, each behind a confirmation.
#[component]
pub fn Actions(dossier: Dossier, motifs: Vec<Motif>, retour: String) -> impl IntoView {
    let ligne = &dossier.ligne;
    let (id, version) = (ligne.id, ligne.version);
    let another_has_it = ligne.prise.as_ref().is_some_and(|prise| !prise.par_moi);
    if ligne.decision.is_some() || another_has_it {
        return ().into_any();
    }
    let open = {
        // A form that asks by GET has its parameters in fields.
        let fields = fields_here();
        move |action: &'static str, label: &'static str, class: &'static str, key: &'static str| {
            view! {
                <form method="get" action=dossier_sub_path(id, action, "")
                    on:submit=move |event| {
                        if browser::open_dialog(&format!("dialogue-{action}")) {
                            event.prevent_default();
                        }
                    }>
                    {fields.iter().map(|(name, value)| view! {
                        <input type="hidden" name=*name value=value.clone()/>
                    }).collect_view()}
                    <button type="submit" class=class data-touche=key>{label}</button>
                </form>
            }
        }
    };
    match ligne.statut {
        Statut::AValider => view! {
            <div class="boutons decision">
                {open("valider", "Valider", "principal", "v")}
                {open("corrections", "Demander des corrections", "", "c")}
                {open("refuser", "Refuser", "danger", "r")}
            </div>
            {dialogue("valider", "Valider", view! { <ConfirmerValidation dossier=dossier.clone() retour=retour.clone()/> }.into_any())}
            {dialogue("refuser", "Refuser", view! { <ConfirmerRefus id version motifs retour=retour.clone()/> }.into_any())}
            {dialogue("corrections", "Demander des corrections", view! { <DemanderCorrections dossier retour/> }.into_any())}
        }
        .into_any(),
        Statut::Refuse => {
            let Some(until) = dossier.rouvrable_jusqu_a else { return ().into_any() };
            view! {
                <div class="boutons decision">
                    {open("rouvrir", "Rouvrir", "", "")}
                    <p class="aide">{format!("Possible jusqu’au {}.", jour(today(until)))}</p>
                </div>
                {dialogue("rouvrir", "Rouvrir", view! { <ConfirmerReouverture dossier retour/> }.into_any())}
            }
            .into_any()
        }
        Statut::Actif => view! {
            <div class="boutons decision">{open("suspendre", "Suspendre", "danger", "")}</div>
            {dialogue("suspendre", "Suspendre", view! { <ConfirmerSuspension dossier retour/> }.into_any())}
        }
        .into_any(),
        Statut::Suspendu => view! {
            <div class="boutons decision">{open("retablir", "Rétablir", "principal", "")}</div>
            {dialogue("retablir", "Rétablir", view! { <ConfirmerRetablissement dossier retour/> }.into_any())}
        }
        .into_any(),
        Statut::EnAttenteActivation | Statut::ACompleter | Statut::Retiree | Statut::Expiree => ().into_any(),
    }
}

/// A confirmation above the page, with its heading; closed by « Annuler » or Escape.
fn dialogue(action: &'static str, label: &'static str, body: AnyView) -> AnyView {
    let heading = format!("dialogue-{action}-titre");
    view! {
        <dialog id=format!("dialogue-{action}") aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{label}</h2>
            {body}
            <form method="dialog"><button type="submit" class="discret">"Annuler"</button></form>
        </dialog>
    }
    .into_any()
}
