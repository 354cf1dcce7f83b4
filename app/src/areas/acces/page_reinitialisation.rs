use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::activation::{ReadReset, ResetPassword};
use super::choix::{ChoixMotDePasse, Identifiant, ResumeMotDePasse, password_error, token};
use super::port::Lien;
use crate::ui::{Formulaire, Page, lecture, lire};

/// A new password for a lost one.
#[component]
pub fn PageReinitialisation() -> impl IntoView {
    let token = token();
    let erreur = password_error();
    let lien = lire(move || ReadReset { token: token.get() });
    let dead = |title: &'static str, what: &'static str| {
        view! {
            <Page titre=title>
                <p>{what}</p>
                <p><a class="bouton principal" href="/mot-de-passe-perdu">"Demander un nouveau lien"</a></p>
            </Page>
        }
        .into_any()
    };
    lecture(lien, move |lien| match lien {
        Lien::Vivant(courriel) => view! {
            <Page titre="Choisissez un nouveau mot de passe" erreur=Signal::derive(move || erreur.get().is_some())>
                <ResumeMotDePasse erreur/>
                <p>"Toutes vos connexions en cours seront fermées."</p>
                <Formulaire action=ResetPassword::url()>
                    <input type="hidden" name="token" value=move || token.get()/>
                    <Identifiant courriel/>
                    <ChoixMotDePasse erreur/>
                </Formulaire>
            </Page>
        }
        .into_any(),
        Lien::Expire => dead("Ce lien a expiré", "Un lien de mot de passe perdu est valable 30 minutes."),
        Lien::Utilise => dead("Ce lien a déjà servi", "Chaque lien ne sert qu’une fois."),
        Lien::Inconnu => dead(
            "Ce lien n’est pas valable",
            "Il est incomplet ou ne vient pas de nous. Dans le courriel, ouvrez le lien en entier.",
        ),
    })
}
