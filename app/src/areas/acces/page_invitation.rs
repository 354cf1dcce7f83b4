use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::activation::{AcceptInvitation, ReadInvitation};
use super::choix::{ChoixMotDePasse, Identifiant, ResumeMotDePasse, password_error, token};
use super::port::{InvitationVue, Invite, Lien};
use crate::base::adresses::{LOGIN, LOST_PASSWORD, STAFF_LOGIN};
use crate::base::refus::Refus;
use crate::ui::{Aide, Formulaire, MotDePasse, Page, champ_id, lecture, lire, query_error};

/// The page on which an invited gestionnaire gives their name and chooses a password.
#[component]
pub fn PageInvitation() -> impl IntoView {
    let token = token();
    let lien = lire(move || ReadInvitation { token: token.get() });
    let dead = |title: &'static str| {
        view! {
            <Page titre=title>
                <p>"Demandez une nouvelle invitation à qui vous l’a envoyée."</p>
                <p>
                    <a class="bouton" href=LOGIN>"Se connecter"</a>" "
                    <a class="bouton discret" href=STAFF_LOGIN>"Se connecter comme gestionnaire"</a>
                </p>
            </Page>
        }
        .into_any()
    };
    lecture(lien, move |lien| match lien {
        Lien::Vivant(InvitationVue { courriel, invite: Invite::Equipe(_) }) => {
            view! { <Invitation courriel token/> }.into_any()
        }
        Lien::Vivant(InvitationVue { courriel, invite: Invite::ServiceFormation { collectivite, connue } }) => {
            view! { <InvitationServiceFormation courriel collectivite connue token/> }.into_any()
        }
        Lien::Expire => dead("Cette invitation a expiré"),
        Lien::Utilise => dead("Cette invitation a déjà servi"),
        Lien::Inconnu => dead("Cette invitation n’est pas valable"),
    })
}

#[component]
fn Invitation(courriel: String, token: Memo<String>) -> impl IntoView {
    let refused = query_error();
    let is_nom = move || refused.with(|error| error.as_ref().is_some_and(|error| error.refus == Refus::Nom));
    let name_error = Signal::derive(move || is_nom().then(|| "Renseignez votre nom.".to_owned()));
    let other = password_error();
    let erreur = Signal::derive(move || if is_nom() { None } else { other.get() });
    let id = champ_id("nom");
    view! {
        <Page titre="Bienvenue dans l’équipe" erreur=Signal::derive(move || refused.get().is_some())>
            <ResumeMotDePasse erreur/>
            <p>{format!("Vous êtes invité à valider les demandes, avec l’identifiant {courriel}.")}</p>
            <p class="aide">"Les deux champs sont obligatoires."</p>
            <Formulaire action=AcceptInvitation::url()>
                <input type="hidden" name="token" value=move || token.get()/>
                <div class="champ moyen">
                    <label for=id.clone()>"Nom affiché"</label>
                    <Aide id=id.clone() erreur=name_error
                        conseil="Vos collègues le verront à côté de vos décisions. Vous pouvez garder votre adresse."/>
                    <input type="text" id=id.clone() name="nom" value=courriel.clone() autocomplete="name" aria-required="true"
                        aria-describedby=format!("{id}-aide {id}-erreur")/>
                </div>
                <Identifiant courriel/>
                <ChoixMotDePasse erreur conseil="15 caractères au moins."/>
            </Formulaire>
        </Page>
    }
}

/// A service formation gives no name, because its collectivité has one.
#[component]
fn InvitationServiceFormation(
    courriel: String,
    collectivite: String,
    connue: bool,
    token: Memo<String>,
) -> impl IntoView {
    let erreur = password_error();
    view! {
        <Page titre="Bienvenue, service formation" erreur=Signal::derive(move || erreur.get().is_some())>
            <ResumeMotDePasse erreur/>
            <p>{format!("Vous êtes invité à inscrire les agents de {collectivite}, avec l’identifiant {courriel}.")}</p>
            {connue.then(|| view! {
                <p>
                    "Cette adresse a déjà un mot de passe ici\u{a0}: saisissez-le, il servira aux deux. "
                    <a href=LOST_PASSWORD>"J’ai perdu mon mot de passe"</a>
                </p>
            })}
            <Formulaire action=AcceptInvitation::url()>
                <input type="hidden" name="token" value=move || token.get()/>
                <Identifiant courriel/>
                {if connue {
                    view! {
                        <MotDePasse autocomplete="current-password" erreur/>
                        <div class="boutons"><button type="submit" class="principal">"Enregistrer mon mot de passe"</button></div>
                    }
                    .into_any()
                } else {
                    view! { <ChoixMotDePasse erreur/> }.into_any()
                }}
            </Formulaire>
        </Page>
    }
}
