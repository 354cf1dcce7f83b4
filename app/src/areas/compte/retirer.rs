use domain::conservation::TERMINEE_JOURS;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::compte::{ReadAccount, Withdraw};
use crate::base::adresses::MON_COMPTE;
use crate::ui::{Avis, Formulaire, Page, lire, lu, query_error};

/// Taking a request back asks once: it can't be undone.
#[component]
pub fn PageRetirer() -> impl IntoView {
    let refused = query_error();
    lu(lire(|| ReadAccount {}), move |(compte, ..)| {
        view! {
            <Page titre="Retirer votre demande\u{a0}?">
                {move || refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
                {if compte.suivi.may_be_withdrawn() {
                    view! {
                        <p>
                            {format!("La demande {} ne sera pas examinée. ", compte.suivi.reference)}
                            {format!(
                                "Votre mot de passe est oublié tout de suite, vos réponses sont effacées après {TERMINEE_JOURS} jours. "
                            )}
                            "Cela ne se défait pas\u{a0}: il faudrait refaire une demande."
                        </p>
                        <div class="boutons">
                            <a class="bouton principal" href=MON_COMPTE>"Garder ma demande"</a>
                            <Formulaire action=Withdraw::url()>
                                <button type="submit" class="danger">"Retirer ma demande"</button>
                            </Formulaire>
                        </div>
                    }
                    .into_any()
                } else {
                    view! {
                        <p>"Cette demande est déjà décidée\u{a0}: elle ne se retire plus."</p>
                        <p><a class="bouton" href=MON_COMPTE>"Revenir à mon compte"</a></p>
                    }
                    .into_any()
                }}
            </Page>
        }
        .into_any()
    })
}
