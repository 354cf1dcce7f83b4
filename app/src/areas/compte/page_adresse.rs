use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::adresse::{ApplyAddress, NoticeAdresse, ReadAddress};
use super::port::AdresseVue;
use crate::areas::acces::{Lien, token};
use crate::base::adresses::{LOGIN, MON_COMPTE};
use crate::base::notice::FAIT;
use crate::base::refus::Refus;
use crate::ui::{Avis, Formulaire, Page, lecture, lire, query_error};

/// The page that confirms a new address, or takes the former one back. Opening it changes nothing.
#[component]
pub fn PageAdresse() -> impl IntoView {
    let token = token();
    let query = use_query_map();
    let lien = lire(move || ReadAddress { token: token.get() });
    let end = |title: &'static str, what: &'static str, path: &'static str, words: &'static str| {
        view! {
            <Page titre=title>
                <p>{what}</p>
                <p><a class="bouton" href=path>{words}</a></p>
            </Page>
        }
        .into_any()
    };
    let done = move || query.with_untracked(|query| NoticeAdresse::from_code(&query.get(FAIT)?));
    lecture(lien, move |lien| match (lien, done()) {
        // The link was used, and the redirect of that use led here.
        (Lien::Utilise, Some(done @ NoticeAdresse::Changee)) => end(
            done.label(),
            "Connectez-vous désormais avec cette adresse. Vos autres connexions sont fermées, et un courriel prévient \
             l’ancienne adresse.",
            MON_COMPTE,
            "Ouvrir mon compte",
        ),
        (Lien::Utilise, Some(done @ NoticeAdresse::Retablie)) => end(
            done.label(),
            "Toutes les connexions sont fermées, et l’ancien mot de passe ne sert plus. Un lien pour en choisir un autre \
             est en route vers cette adresse.",
            LOGIN,
            "Se connecter",
        ),
        (Lien::Vivant(vue), _) => view! { <Confirmation vue token/> }.into_any(),
        (Lien::Expire, _) => end(
            "Ce lien a expiré",
            "Un lien de confirmation est valable 30 minutes, un lien pour rétablir une adresse 7 jours. Un autre changement \
             a pu aussi le remplacer.",
            MON_COMPTE,
            "Ouvrir mon compte",
        ),
        (Lien::Utilise, _) => {
            end("Ce lien a déjà servi", "Chaque lien ne sert qu’une fois.", MON_COMPTE, "Ouvrir mon compte")
        }
        (Lien::Inconnu, _) => end(
            "Ce lien n’est pas valable",
            "Il est incomplet ou ne vient pas de nous. Dans le courriel, ouvrez le lien en entier.",
            LOGIN,
            "Se connecter",
        ),
    })
}

#[component]
fn Confirmation(vue: AdresseVue, token: Memo<String>) -> impl IntoView {
    let refused = query_error();
    let undo = matches!(vue, AdresseVue::Annuler { .. });
    let (titre, button) = if undo {
        ("Rétablir votre ancienne adresse", "Rétablir mon adresse")
    } else {
        ("Confirmer votre nouvelle adresse", "Confirmer mon adresse")
    };
    view! {
        <Page titre=titre erreur=Signal::derive(move || refused.get().is_some())>
            {move || refused.get().map(|error| {
                let said = match (error.refus, undo) {
                    (Refus::Prise, false) => "Cette adresse est déjà celle d’un autre compte\u{a0}: le vôtre garde la sienne.".to_owned(),
                    (Refus::Prise, true) => {
                        "Cette adresse est devenue entre-temps celle d’un autre compte. Écrivez-nous\u{a0}: voyez la page d’aide.".to_owned()
                    }
                    _ => error.message(),
                };
                view! { <Avis alerte=true><p>{said}</p></Avis> }
            })}
            {match vue {
                AdresseVue::Confirmer { nouvelle, connue } => view! {
                    <p>{format!("Votre compte s’ouvrira avec l’adresse {nouvelle}, et vos autres connexions seront fermées.")}</p>
                    {connue.then(|| view! {
                        <p>
                            "Cette adresse a déjà un mot de passe ici, celui d’un service formation\u{a0}: c’est lui qui ouvrira aussi votre compte."
                        </p>
                    })}
                }
                .into_any(),
                AdresseVue::Annuler { ancienne } => view! {
                    <p>
                        {format!(
                            "Votre compte s’ouvrira de nouveau avec l’adresse {ancienne}. Toutes les connexions seront fermées, et vous recevrez \
                             un lien pour choisir un nouveau mot de passe."
                        )}
                    </p>
                }
                .into_any(),
            }}
            <Formulaire action=ApplyAddress::url()>
                <input type="hidden" name="token" value=move || token.get()/>
                <div class="boutons"><button type="submit" class="principal">{button}</button></div>
            </Formulaire>
            <p class="aide">"Ce n’est pas vous\u{a0}? Fermez cette page\u{a0}: rien ne change sans ce bouton."</p>
        </Page>
    }
}
