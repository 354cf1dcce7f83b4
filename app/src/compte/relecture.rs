use domain::instant;
use domain::ports::{CorrectionEnCours, Millis};
use domain::{Etape, EtatOnglet};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::api::compte::{OpenReview, SendBack};
use crate::base::adresses::{MON_COMPTE, RETIRER, correction_path};
use crate::ui::{Avis, DateNaissance, Page, Resume, date_error, query_error, summary_of};
use crate::wizard;

pub const RELIRE: &str = "Relisez votre demande";

/// Asks for the agent's birth date before it shows what the service formation typed.
#[component]
pub fn Porte(restants: u32, fin: Millis) -> impl IntoView {
    if restants == 0 {
        return view! { <Fermee/> }.into_any();
    }
    let message = date_error();
    let summary = summary_of("date_naissance", message);
    view! {
        <Page titre=RELIRE erreur=Signal::derive(move || message.get().is_some())>
            <Resume erreurs=summary/>
            <p>
                "Votre service formation a rempli votre demande. Relisez ce qu’il a saisi avant qu’elle ne parte\u{a0}: vous seul "
                "pouvez dire que c’est exact. Pour l’afficher, donnez votre date de naissance."
            </p>
            <form action=OpenReview::url() method="post" novalidate=true>
                <DateNaissance erreur=message/>
                <div class="boutons">
                    <button type="submit" class="principal">"Afficher mes renseignements"</button>
                    <a class="bouton discret" href=MON_COMPTE>"Revenir à mon compte"</a>
                </div>
            </form>
            <p class="aide">{until(fin)}</p>
        </Page>
    }
    .into_any()
}

/// Shown after too many wrong birth dates: the agent or the service formation mistyped it.
#[component]
fn Fermee() -> impl IntoView {
    view! {
        <Page titre=RELIRE>
            <p>
                "La date de naissance a été manquée cinq fois\u{a0}: cette demande ne s’affiche plus. Votre service formation s’est "
                "peut-être trompé en la saisissant. Retirez cette demande, et demandez-lui de vous présenter de nouveau."
            </p>
            <p>
                <a class="bouton principal" href=RETIRER>"Retirer ma demande"</a>" "
                <a class="bouton" href=MON_COMPTE>"Revenir à mon compte"</a>
            </p>
        </Page>
    }
}

/// All the answers that will be sent. The agent certifies or corrects them.
#[component]
pub fn Relecture(correction: CorrectionEnCours) -> impl IntoView {
    let refused = query_error();
    let ctx = correction.contexte();
    let wrong = correction.etapes().into_iter().find(|etape| {
        let onglet = correction.brouillon.onglet(*etape);
        correction.brouillon.etat(*etape, &ctx) != EtatOnglet::Complet && !onglet.errors(&ctx).is_empty()
    });
    let fin = correction.fin;
    let brouillon = correction.brouillon;
    view! {
        <Page titre=RELIRE>
            {move || refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            <p>
                "Votre service formation a saisi ce qui suit. Lisez tout\u{a0}: c’est ce que le gestionnaire examinera. Ce que vous "
                "corrigez ici, votre service formation ne le voit pas."
            </p>
            <wizard::Relecture brouillon contexte=ctx modifier=correction_path/>
            {match wrong {
                Some(etape) => view! {
                    <p><a class="bouton principal" href=correction_path(etape)>{format!("Corriger «\u{a0}{}\u{a0}»", etape.label())}</a></p>
                }
                .into_any(),
                None => view! {
                    <form action=SendBack::url() method="post">
                        <p>"En envoyant votre demande, vous certifiez l’exactitude de ces renseignements."</p>
                        <div class="boutons">
                            <button type="submit" class="principal">"Tout est exact"</button>
                            <a class="bouton" href=format!("{}?suite=1", correction_path(Etape::Identite))>"Corriger"</a>
                        </div>
                    </form>
                }
                .into_any(),
            }}
            <p class="aide">{until(fin)}</p>
            <p><a href=MON_COMPTE>"Revenir à mon compte"</a></p>
        </Page>
    }
}

fn until(fin: Millis) -> String {
    format!("Sans nouvelles de vous le {}, la demande sera retirée.", instant::jour(instant::today(fin)))
}
