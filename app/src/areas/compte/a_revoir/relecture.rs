use domain::instant::Millis;
use domain::{Etape, instant};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::compte::api::compte::{OpenReview, SendBack};
use crate::areas::compte::port::CorrectionEnCours;
use crate::base::adresses::{MON_COMPTE, RETIRER, correction_path};
use crate::onglet;
use crate::ui::{Avis, DateNaissance, ErrorCode, PageRendue, Resume, champ_id, date_message};

const RELIRE: &str = "Relisez votre demande";

/// Asks for the agent's birth date before it shows what the service formation typed.
pub fn porte(restants: u32, fin: Millis, refus: Option<ErrorCode>) -> PageRendue {
    if restants == 0 {
        return fermee();
    }
    let message = refus.as_ref().map(date_message);
    let wrong = message.is_some();
    let summary: Vec<_> = message.iter().map(|text| (champ_id("date_naissance"), text.clone())).collect();
    let contenu = view! {
        <Resume erreurs=summary/>
        <p>
            "Votre service formation a rempli votre demande. Relisez ce qu’il a saisi avant qu’elle ne parte\u{a0}: vous seul "
            "pouvez dire que c’est exact. Pour l’afficher, donnez votre date de naissance."
        </p>
        <form action=OpenReview::url() method="post" novalidate=true>
            <DateNaissance erreur=Signal::derive(move || message.clone())/>
            <div class="boutons">
                <button type="submit" class="principal">"Afficher mes renseignements"</button>
                <a class="bouton discret" href=MON_COMPTE>"Revenir à mon compte"</a>
            </div>
        </form>
        <p class="aide">{until(fin)}</p>
    };
    PageRendue::new(RELIRE, wrong, contenu.into_any())
}

/// Shown after too many wrong birth dates: the agent or the service formation mistyped it.
fn fermee() -> PageRendue {
    let contenu = view! {
        <p>
            "La date de naissance a été manquée cinq fois\u{a0}: cette demande ne s’affiche plus. Votre service formation s’est "
            "peut-être trompé en la saisissant. Retirez cette demande, et demandez-lui de vous présenter de nouveau."
        </p>
        <p>
            <a class="bouton principal" href=RETIRER>"Retirer ma demande"</a>" "
            <a class="bouton" href=MON_COMPTE>"Revenir à mon compte"</a>
        </p>
    };
    PageRendue::new(RELIRE, false, contenu.into_any())
}

/// All the answers that will be sent. The agent certifies or corrects them.
pub fn page(correction: CorrectionEnCours, refus: Option<ErrorCode>) -> PageRendue {
    let erreur = refus.is_some();
    let ctx = correction.contexte();
    let wrong = correction.etapes().into_iter().find(|etape| correction.brouillon.is_wrong(*etape, &ctx));
    let fin = correction.fin;
    let brouillon = correction.brouillon;
    let contenu = view! {
        {refus.map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
        <p>
            "Votre service formation a saisi ce qui suit. Lisez tout\u{a0}: c’est ce que le gestionnaire examinera. Ce que vous "
            "corrigez ici, votre service formation ne le voit pas."
        </p>
        <onglet::Relecture brouillon contexte=ctx modifier=correction_path/>
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
    };
    PageRendue::new(RELIRE, erreur, contenu.into_any())
}

fn until(fin: Millis) -> String {
    format!("Sans nouvelles de vous le {}, la demande sera retirée.", instant::jour(instant::today(fin)))
}
