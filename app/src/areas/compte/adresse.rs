use crate::base::refus::Refus;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::adresse::AskAddress;
use crate::ui::{Aide, Formulaire, MotDePasse, champ_id, invalide, query_error};

/// The refusal: (field, words).
pub fn address_error() -> Signal<Option<(&'static str, String)>> {
    let refused = query_error();
    Signal::derive(move || {
        let error = refused.get()?;
        let (field, words) = match error.refus {
            Refus::Adresse => ("nouvelle", "Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned()),
            Refus::Meme => ("nouvelle", "C’est déjà votre adresse\u{a0}: saisissez la nouvelle.".to_owned()),
            Refus::Demandes => (
                "nouvelle",
                format!(
                    "Trois changements ont été demandés en une heure pour ce compte ou cette adresse\u{a0}: réessayez dans {} min.",
                    error.detail
                ),
            ),
            Refus::Passe => ("mot_de_passe", "Ce n’est pas votre mot de passe actuel.".to_owned()),
            _ => ("mot_de_passe", error.message()),
        };
        Some((field, words))
    })
}

/// « Changer mon adresse », for an active account.
#[component]
pub fn ChangerAdresse() -> impl IntoView {
    let error = address_error();
    let at = move |field: &'static str| {
        Signal::derive(move || error.get().filter(|(at, _)| *at == field).map(|(_, words)| words))
    };
    let (id, wrong) = (champ_id("nouvelle"), at("nouvelle"));
    view! {
        <section id="adresse">
            <h2>"Changer mon adresse"</h2>
            <p>
                "L’adresse est votre identifiant. Un lien part à la nouvelle\u{a0}: rien ne change avant que vous l’ayez confirmé. "
                "Si l’adresse actuelle ouvre aussi l’espace d’un service formation, elle continue de l’ouvrir."
            </p>
            <Formulaire action=AskAddress::url()>
                <div class="champ moyen">
                    <label for=id.clone()>"Nouvelle adresse de messagerie"</label>
                    <Aide id=id.clone() erreur=wrong/>
                    <input type="email" id=id.clone() name="courriel" autocomplete="email" inputmode="email" autocapitalize="none"
                        spellcheck="false" aria-required="true" aria-describedby=format!("{id}-erreur")
                        aria-invalid=invalide(wrong)/>
                </div>
                <MotDePasse autocomplete="current-password" conseil="Votre mot de passe actuel." erreur=at("mot_de_passe")/>
                <div class="boutons"><button type="submit">"Changer mon adresse"</button></div>
            </Formulaire>
        </section>
    }
}
