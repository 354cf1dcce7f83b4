use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::mots_de_passe::{ChangePassword, ReadPassword};
use super::choix::password_error;
use crate::base::adresses::{LOST_PASSWORD, MON_COMPTE};
use crate::base::refus::Refus;
use crate::ui::{Avis, Formulaire, MotDePasse, Page, Resume, champ_id, lire, lu, query_error};

/// Another password for a formateur.
#[component]
pub fn PageMotDePasse() -> impl IntoView {
    lu(lire(|| ReadPassword {}), |identifiant| {
        view! {
            <ChangerMotDePasse identifiant retour=MON_COMPTE conseil="12 caractères au moins.">
                <p><a href=LOST_PASSWORD>"J’ai perdu mon mot de passe"</a></p>
            </ChangerMotDePasse>
        }
        .into_any()
    })
}

/// Asks for the current password and the new one. It serves everybody; `children` say what to do without the current
/// one.
#[component]
pub fn ChangerMotDePasse(
    identifiant: String,
    /// The page that led here.
    retour: &'static str,
    /// How long the new one has to be.
    conseil: &'static str,
    children: Children,
) -> impl IntoView {
    let refused = query_error();
    let words = password_error();
    let said = move |of: &'static [Refus]| {
        Signal::derive(move || {
            let why = refused.get()?.refus;
            if why == Refus::Passe && of.contains(&why) {
                return Some("Ce n’est pas votre mot de passe actuel.".to_owned());
            }
            of.contains(&why).then(|| words.get()).flatten()
        })
    };
    let actuel = said(&[Refus::Passe, Refus::Delai]);
    let nouveau = said(&[Refus::Court, Refus::Court15, Refus::Long, Refus::Faible, Refus::Fuite]);
    let summary = Signal::derive(move || {
        let wrong = [(champ_id("actuel"), actuel.get()), (champ_id("mot_de_passe"), nouveau.get())];
        wrong.into_iter().filter_map(|(id, text)| Some((id, text?))).collect::<Vec<_>>()
    });
    let other = move || refused.get().filter(|_| summary.with(Vec::is_empty));
    let id = champ_id("identifiant");
    view! {
        <Page titre="Changer de mot de passe" erreur=Signal::derive(move || refused.get().is_some())>
            <Resume erreurs=summary/>
            {move || other().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            <p>
                "Votre connexion reste ouverte ici\u{a0}; toutes les autres seront fermées, et un courriel vous préviendra. "
                "Les deux mots de passe sont obligatoires."
            </p>
            <Formulaire action=ChangePassword::url()>
                // This address is for the password managers: the form does not send it.
                <div class="champ moyen">
                    <label for=id.clone()>"Identifiant"</label>
                    <input type="email" id=id value=identifiant readonly=true autocomplete="username"/>
                </div>
                <MotDePasse nom="actuel" label="Mot de passe actuel" autocomplete="current-password" erreur=actuel/>
                <MotDePasse label="Nouveau mot de passe" autocomplete="new-password" conseil erreur=nouveau/>
                <div class="boutons">
                    <button type="submit" class="principal">"Changer de mot de passe"</button>
                    <a class="bouton discret" href=retour>"Retour"</a>
                </div>
            </Formulaire>
            {children()}
        </Page>
    }
}

/// The notice after a changed password. It stands on top of a page.
pub fn password_changed() -> impl IntoView {
    let query = use_query_map();
    query.with_untracked(|query| query.get("mot-de-passe").is_some()).then(|| {
        view! {
            <Avis succes=true>
                <p>"Votre mot de passe est changé. Vos autres connexions sont fermées, et un courriel vous le confirme."</p>
            </Avis>
        }
    })
}
