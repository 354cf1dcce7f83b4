use crate::base::refus::Refus;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::compte::api::suivi::Follow;
use crate::ui::{Aide, Formulaire, Page, Resume, champ_id, query_error, summary_of};

/// The state of a request, without signing in. The typed address never gets into the page's own address.
#[component]
pub fn PageSuivi() -> impl IntoView {
    let refused = query_error();
    let message = Signal::derive(move || {
        refused.get().map(|error| match error.refus {
            Refus::Inconnue => {
                "Aucune demande ne correspond à cette référence et à cette adresse. Vérifiez les deux\u{a0}: la \
                           référence est dans le courriel d’activation."
                    .to_owned()
            }
            Refus::Expire => {
                "Cette page de suivi était ouverte depuis plus d’une heure\u{a0}: retrouvez votre demande.".to_owned()
            }
            _ => error.message(),
        })
    });
    let (reference, courriel) = (champ_id("reference"), champ_id("courriel"));
    let summary = summary_of("reference", message);
    view! {
        <Page titre="Suivre ma demande" erreur=Signal::derive(move || refused.get().is_some())>
            <Resume erreurs=summary/>
            <p>"Vous avez votre mot de passe\u{a0}? "<a href="/">"Connectez-vous"</a>"\u{a0}: vous en verrez davantage."</p>
            <Formulaire action=Follow::url()>
                <div class="champ moyen">
                    <label for=reference.clone()>"Référence"</label>
                    <Aide id=reference.clone() conseil="De la forme IEL-XXXX-XXXX, dans nos courriels."/>
                    <input type="text" id=reference.clone() name="reference" autocomplete="off" autocapitalize="characters"
                        spellcheck="false" aria-describedby=format!("{reference}-aide")/>
                </div>
                <div class="champ long">
                    <label for=courriel.clone()>"Adresse de messagerie"</label>
                    <Aide id=courriel.clone() conseil="Celle de la demande."/>
                    <input type="email" id=courriel.clone() name="courriel" autocomplete="email" inputmode="email"
                        autocapitalize="none" spellcheck="false" aria-describedby=format!("{courriel}-aide")/>
                </div>
                <div class="boutons"><button type="submit" class="principal">"Suivre ma demande"</button></div>
            </Formulaire>
        </Page>
    }
}
