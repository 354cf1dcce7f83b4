use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::connexion::RequestReset;
use crate::base::adresses::LOGIN;
use crate::base::refus::Refus;
use crate::ui::{Aide, Avis, Formulaire, Page, Resume, champ_id, invalide, query_error, summary_of};

/// « J’ai perdu mon mot de passe »: the answer is the same for every address.
#[component]
pub fn PageMotDePassePerdu() -> impl IntoView {
    let query = use_query_map();
    let sent = Memo::new(move |_| query.with(|query| query.get("envoye").is_some()));
    let refused = query_error();
    let message = Signal::derive(move || {
        refused
            .get()
            .filter(|error| error.refus == Refus::Adresse)
            .map(|_| "Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned())
    });
    let summary = summary_of("courriel", message);
    let id = champ_id("courriel");
    view! {
        <Page titre="Mot de passe perdu" erreur=Signal::derive(move || refused.get().is_some())>
            <Resume erreurs=summary/>
            {move || refused.get().filter(|error| error.refus != Refus::Adresse).map(|error| view! {
                <Avis alerte=true><p>{error.message()}</p></Avis>
            })}
            {move || sent.get().then(|| view! {
                <Avis succes=true>
                    <p>
                        "Si un compte utilise cette adresse, un courriel est en route. Son lien est valable 30 minutes. "
                        "Regardez aussi dans vos indésirables."
                    </p>
                </Avis>
            })}
            <Formulaire action=RequestReset::url()>
                <div class="champ moyen">
                    <label for=id.clone()>"Adresse de messagerie"</label>
                    <Aide id=id.clone() conseil="Celle qui vous sert d’identifiant, comme nom@exemple.fr." erreur=message/>
                    <input type="email" id=id.clone() name="courriel" autocomplete="username" inputmode="email"
                        autocapitalize="none" spellcheck="false" aria-required="true" aria-describedby=format!("{id}-aide {id}-erreur")
                        aria-invalid=invalide(message)/>
                </div>
                <div class="boutons">
                    <button type="submit" class="principal">"Recevoir un lien"</button>
                    <a class="bouton discret" href=LOGIN>"Retour"</a>
                </div>
            </Formulaire>
        </Page>
    }
}
