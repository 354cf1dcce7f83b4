//! The two login pages.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::acces::{Login, StaffLogin};
use crate::base::adresses::{FORMATIONS, LOST_PASSWORD, ORIENTATION, SUIVI};
use crate::base::refus::Refus;
use crate::base::routage::Recherche;
use crate::ui::{Avis, ErrorCode, MotDePasse, Resume, champ_id};

/// The front page: sign in, or sign up. `formations`: the sessions of training are on this service.
pub fn contenu(refus: Option<ErrorCode>, recherche: &Recherche, formations: bool) -> AnyView {
    view! {
        {avis(refus, recherche)}
        <form action=Login::url() method="post" novalidate=true class="connexion">
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
            {champs()}
        </form>
        <p class="seul"><a href=LOST_PASSWORD>"J’ai perdu mon mot de passe"</a></p>
        <p class="seul"><a href=SUIVI>"Suivre ma demande sans me connecter"</a></p>
        {formations.then(|| view! { <p class="seul"><a href=FORMATIONS>"Formations de formateurs"</a></p> })}
        <section class="note accueil">
            <h2>"Pas encore de compte\u{a0}?"</h2>
            <p>"Formateurs et intervenants créent leur compte en ligne, en cinq minutes\u{a0}: plus de bulletin papier."</p>
            <p><a class="bouton" href=ORIENTATION>"M’inscrire en tant qu’agent"</a></p>
        </section>
    }
    .into_any()
}

/// The login page of the staff.
pub fn contenu_gestion(refus: Option<ErrorCode>, recherche: &Recherche) -> AnyView {
    view! {
        {avis(refus, recherche)}
        <form action=StaffLogin::url() method="post" novalidate=true class="connexion">{champs()}</form>
    }
    .into_any()
}

/// A refusal never tells whether the address or the password was wrong.
fn avis(refus: Option<ErrorCode>, recherche: &Recherche) -> AnyView {
    let message = refus.map(|error| match error.refus {
        Refus::Identifiants => "L’identifiant ou le mot de passe ne correspond pas. Vérifiez les deux.".to_owned(),
        _ => error.message(),
    });
    let summary: Vec<_> = message.into_iter().map(|text| (champ_id("courriel"), text)).collect();
    let asks = recherche.get("connexion").is_some();
    let left = recherche.get("deconnecte").is_some();
    view! {
        <Resume erreurs=summary/>
        {asks.then(|| view! { <Avis><p>"Connectez-vous pour continuer."</p></Avis> })}
        {left.then(|| view! { <Avis succes=true><p>"Vous êtes déconnecté."</p></Avis> })}
    }
    .into_any()
}

/// The two fields of a login.
fn champs() -> AnyView {
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
    .into_any()
}
