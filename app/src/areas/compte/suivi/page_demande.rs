use domain::compte::Statut;
use domain::suivi::Suivi;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::courriels::Courriels;
use super::frise::Frise;
use super::heading;
use crate::areas::acces::Lien;
use crate::areas::compte::api::suivi::{ReadFollowUp, ResendActivation};
use crate::base::adresses::{LOGIN, ORIENTATION, SUIVI};
use crate::base::routage::parametre;
use crate::ui::{Avis, Formulaire, Page, lecture, lire, query_error};

/// One request, followed. Nothing on it says who the person is.
#[component]
pub fn PageSuiviDemande() -> impl IntoView {
    let token = parametre("token");
    let lien = lire(move || ReadFollowUp { token: token.get() });
    lecture(lien, move |lien| match lien {
        Lien::Vivant(suivi) => view! { <SuiviDemande suivi token=token.get_untracked()/> }.into_any(),
        _ => view! {
            <Page titre="Retrouvez votre demande">
                <p>"Cette adresse ne mène plus à une demande\u{a0}: elle vaut une heure."</p>
                <p><a class="bouton principal" href=SUIVI>"Suivre ma demande"</a></p>
            </Page>
        }
        .into_any(),
    })
}

#[component]
fn SuiviDemande(suivi: Suivi, token: String) -> impl IntoView {
    let query = use_query_map();
    let resent = query.with_untracked(|query| query.get("renvoye").is_some());
    let refused = query_error();
    let statut = suivi.statut;
    view! {
        <Page titre=heading(&suivi).to_owned() erreur=Signal::derive(move || refused.get().is_some())>
            {move || refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            {resent.then(|| view! {
                <Avis succes=true>
                    <p>"Si un courriel peut encore partir aujourd’hui, il est en route. Regardez aussi dans vos indésirables."</p>
                </Avis>
            })}
            <p class="reference">"Référence\u{a0}: "<strong>{suivi.reference.to_string()}</strong></p>
            <Frise suivi=suivi.clone()/>
            {match statut {
                Statut::EnAttenteActivation | Statut::Expiree if !resent => view! {
                    <Formulaire action=ResendActivation::url()>
                        <input type="hidden" name="token" value=token/>
                        <button type="submit">"Renvoyer le courriel d’activation"</button>
                    </Formulaire>
                }
                .into_any(),
                Statut::EnAttenteActivation | Statut::Expiree => ().into_any(),
                Statut::Retiree => view! { <p><a class="bouton" href=ORIENTATION>"Faire une autre demande"</a></p> }.into_any(),
                _ => view! { <p><a class="bouton principal" href=LOGIN>"Se connecter"</a></p> }.into_any(),
            }}
            <Courriels courriels=suivi.courriels/>
        </Page>
    }
}
