use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::api::connexion::Login;
use crate::base::adresses::{LOST_PASSWORD, ORIENTATION, SUIVI};
use crate::ui::{Avis, MotDePasse, Page, Resume, champ_id, query_error, summary_of};

/// The front page: sign in, or sign up.
#[component]
pub fn PageLogin() -> impl IntoView {
    let action = ServerAction::<Login>::new();
    let refused = query_error();
    view! {
        <Page titre="Se connecter" erreur=Signal::derive(move || refused.get().is_some())>
            <Identifiants>
                <ActionForm action attr:novalidate=true attr:class="connexion">
                    <fieldset class="champ">
                        <legend>"Vous êtes"</legend>
                        <div class="option">
                            <input type="radio" name="espace" value="service" id="espace-service"/>
                            <label for="espace-service">"Service formation d’une collectivité"</label>
                        </div>
                        <div class="option">
                            <input type="radio" name="espace" value="agent" id="espace-agent" checked=true/>
                            <label for="espace-agent">"Agent travaillant dans une collectivité"</label>
                        </div>
                    </fieldset>
                    <ChampsConnexion/>
                </ActionForm>
            </Identifiants>
            <p class="seul"><a href=LOST_PASSWORD>"J’ai perdu mon mot de passe"</a></p>
            <p class="seul"><a href=SUIVI>"Suivre ma demande sans me connecter"</a></p>
            <section class="note accueil">
                <h2>"Pas encore de compte\u{a0}?"</h2>
                <p>"Formateurs et intervenants créent leur compte en ligne, en cinq minutes\u{a0}: plus de bulletin papier."</p>
                <p><a class="bouton" href=ORIENTATION>"M’inscrire en tant qu’agent"</a></p>
            </section>
        </Page>
    }
}

/// The texts around the form of both login pages. A refusal never tells whether the address or the password was
/// wrong.
#[component]
pub fn Identifiants(children: Children) -> impl IntoView {
    let query = use_query_map();
    let flag = move |name: &'static str| query.with(|query| query.get(name).is_some());
    let refused = query_error();
    let message = Signal::derive(move || {
        refused.get().map(|error| match error.code.as_str() {
            "identifiants" => "L’identifiant ou le mot de passe ne correspond pas. Vérifiez les deux.".to_owned(),
            _ => error.message(),
        })
    });
    let summary = summary_of("courriel", message);
    view! {
        <Resume erreurs=summary/>
        {move || flag("connexion").then(|| view! { <Avis><p>"Connectez-vous pour continuer."</p></Avis> })}
        {move || flag("deconnecte").then(|| view! { <Avis succes=true><p>"Vous êtes déconnecté."</p></Avis> })}
        {children()}
    }
}

/// The two fields of a login, the same on both pages.
#[component]
pub fn ChampsConnexion() -> impl IntoView {
    let id = champ_id("courriel");
    view! {
        <p class="aide">"L’identifiant et le mot de passe sont obligatoires."</p>
        <div class="champ moyen">
            <label for=id.clone()>"Identifiant (adresse de messagerie)"</label>
            <input type="email" id=id name="courriel" autocomplete="username" inputmode="email" autocapitalize="none"
                spellcheck="false" aria-required="true"/>
        </div>
        <MotDePasse autocomplete="current-password"/>
        <div class="boutons"><button type="submit" class="principal">"Se connecter"</button></div>
    }
}
