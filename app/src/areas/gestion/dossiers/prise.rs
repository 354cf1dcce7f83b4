use domain::instant::heure;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::dossiers::{Claim, Release};
use super::port::{DecisionEnAttente, LigneDemande, Prise};
use crate::ui::Formulaire;

/// In a row of the list: the gestionnaire who decided the file, or who has claimed it.
#[component]
pub fn Suivi(ligne: LigneDemande) -> impl IntoView {
    match (ligne.decision, ligne.prise) {
        (Some(decision), _) => view! { <span class="etiquette">{decidee(&decision)}</span> }.into_any(),
        (None, Some(prise)) => view! { <span class="etiquette">{qui(&prise)}</span> }.into_any(),
        (None, None) => ().into_any(),
    }
}

fn decidee(decision: &DecisionEnAttente) -> String {
    let who = if decision.par_moi { "moi" } else { &decision.par };
    format!("«\u{a0}{}\u{a0}» par {who}, à {}", decision.verdict.label(), heure(decision.effet_le))
}

fn qui(prise: &Prise) -> String {
    match prise.par_moi {
        true => format!("Moi, jusqu’à {}", heure(prise.jusqu_a)),
        false => format!("{}, jusqu’à {}", prise.par, heure(prise.jusqu_a)),
    }
}

/// On the file: « Je m’en occupe », or the gestionnaire who has claimed it.
#[component]
pub fn PriseEnCharge(id: i64, prise: Option<Prise>, retour: String) -> impl IntoView {
    let back = retour.clone();
    let form = move |malgre: bool, label: &'static str| {
        view! {
            <Formulaire action=Claim::url()>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="malgre" value=malgre.to_string()/>
                <input type="hidden" name="retour" value=back.clone()/>
                <button type="submit" data-touche="m">{label}</button>
            </Formulaire>
        }
    };
    match prise {
        None => view! {
            <div class="prise">{form(false, "Je m’en occupe")}</div>
        }
        .into_any(),
        Some(prise) if prise.par_moi => view! {
            <div class="prise">
                <p>{format!("Vous vous en occupez jusqu’à {}\u{a0}: vos collègues le voient.", heure(prise.jusqu_a))}</p>
                {form(false, "Prolonger")}
                <Formulaire action=Release::url()>
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="retour" value=retour/>
                    <button type="submit" class="discret">"Rendre ce dossier"</button>
                </Formulaire>
            </div>
        }
        .into_any(),
        Some(prise) => view! {
            <div class="prise autre">
                <p>
                    <strong>{prise.par.clone()}</strong>
                    {format!(" s’en occupe jusqu’à {}. Pour décider à sa place, prenez d’abord le relais.", heure(prise.jusqu_a))}
                </p>
                {form(true, "Prendre le relais")}
            </div>
        }
        .into_any(),
    }
}
