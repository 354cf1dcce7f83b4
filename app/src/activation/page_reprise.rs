use domain::ports::Lien;
use leptos::prelude::*;

use super::choix::token;
use crate::api::reprise::{Resume as ResumeDraft, read_reprise};
use crate::inscription::ORIENTATION;
use crate::ui::{Aide, Page, Resume, champ_id, lecture, query_error, summary_of};

/// Where a draft is taken up again: an address can be mistyped, so a birth date is asked for.
#[component]
pub fn PageReprise() -> impl IntoView {
    let token = token();
    let action = ServerAction::<ResumeDraft>::new();
    let lien = Resource::new_blocking(move || (token.get(), action.version().get()), |(token, _)| read_reprise(token));
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
        Lien::Vivant(()) => view! { <Vivant token action/> }.into_any(),
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
fn Vivant(token: Memo<String>, action: ServerAction<ResumeDraft>) -> impl IntoView {
    let refused = query_error();
    let message = Signal::derive(move || {
        refused.get().map(|error| match (error.code.as_str(), error.detail.as_str()) {
            ("date", _) => "Saisissez une date qui existe, au format JJ/MM/AAAA, par exemple 07/03/1980.".to_owned(),
            ("fausse", "1") => {
                "Ce n’est pas la date de naissance de cette inscription. Il vous reste un essai.".to_owned()
            }
            ("fausse", left) => {
                format!("Ce n’est pas la date de naissance de cette inscription. Il vous reste {left} essais.")
            }
            _ => error.message(),
        })
    });
    let id = champ_id("date_naissance");
    let summary = summary_of("date_naissance", message);
    view! {
        <Page titre="Reprendre votre inscription" erreur=Signal::derive(move || refused.get().is_some())>
            <Resume erreurs=summary/>
            <p>"Pour retrouver vos réponses, donnez la date de naissance que vous avez saisie."</p>
            <ActionForm action attr:novalidate=true>
                <input type="hidden" name="token" value=move || token.get()/>
                <div class="champ court">
                    <label for=id.clone()>"Date de naissance"</label>
                    <Aide id=id.clone() conseil="JJ/MM/AAAA, par exemple 07/03/1980." erreur=message/>
                    <input type="text" id=id.clone() name="date_naissance" inputmode="numeric" autocomplete="bday"
                        spellcheck="false" aria-describedby=format!("{id}-aide {id}-erreur")
                        aria-invalid=move || message.get().is_some().then_some("true")/>
                </div>
                <div class="boutons">
                    <button type="submit" class="principal">"Reprendre mon inscription"</button>
                </div>
            </ActionForm>
            <p class="aide">
                "Ce n’est pas vous\u{a0}? Fermez cette page\u{a0}: elle ne montre rien sans la date de naissance."
            </p>
        </Page>
    }
}
