use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::reprise::{ReadReprise, Resume as ResumeDraft};
use crate::areas::acces::{Lien, token};
use crate::base::adresses::ORIENTATION;
use crate::ui::{DateNaissance, Formulaire, Page, Resume, date_error, lecture, lire, summary_of};

/// The page that takes a draft up again. It asks for the birth date, because an address can be mistyped.
#[component]
pub fn PageReprise() -> impl IntoView {
    let token = token();
    let lien = lire(move || ReadReprise { token: token.get() });
    let dead = |title: &'static str, what: &'static str| {
        view! {
            <Page titre=title>
                <p>{what}</p>
                <p><a class="bouton principal" href=ORIENTATION>"M’inscrire en tant qu’agent"</a></p>
            </Page>
        }
        .into_any()
    };
    lecture(lien, move |lien| match lien {
        Lien::Vivant(()) => view! { <Vivant token/> }.into_any(),
        Lien::Expire | Lien::Utilise => dead(
            "Ce lien n’ouvre plus rien",
            "L’inscription a été envoyée ou effacée, son adresse de messagerie a changé, ses réponses ne sont plus \
             gardées, ou la date de naissance a été manquée cinq fois.",
        ),
        Lien::Inconnu => dead(
            "Ce lien n’est pas valable",
            "Il est incomplet ou ne vient pas de nous. Dans le courriel, ouvrez le lien en entier.",
        ),
    })
}

#[component]
fn Vivant(token: Memo<String>) -> impl IntoView {
    let message = date_error();
    let summary = summary_of("date_naissance", message);
    view! {
        <Page titre="Reprendre votre inscription" erreur=Signal::derive(move || message.get().is_some())>
            <Resume erreurs=summary/>
            <p>"Pour retrouver vos réponses, donnez la date de naissance que vous avez saisie."</p>
            <Formulaire action=ResumeDraft::url()>
                <input type="hidden" name="token" value=move || token.get()/>
                <DateNaissance erreur=message/>
                <div class="boutons">
                    <button type="submit" class="principal">"Reprendre mon inscription"</button>
                </div>
            </Formulaire>
            <p class="aide">
                "Ce n’est pas vous\u{a0}? Fermez cette page\u{a0}: elle ne montre rien sans la date de naissance."
            </p>
        </Page>
    }
}
