use domain::onglet::Contexte;
use domain::{Etape, Ligne, instant};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::compte::api::compte::SendBack;
use crate::areas::compte::port::CorrectionEnCours;
use crate::base::adresses::{MON_COMPTE, correction_path};
use crate::ui::{Avis, ErrorCode, PageRendue};

/// The gestionnaire's remarks, tab by tab, and the way to send the request back.
pub fn page(correction: CorrectionEnCours, refus: Option<ErrorCode>) -> PageRendue {
    let erreur = refus.is_some();
    let ctx = correction.contexte();
    let fin = instant::jour(instant::today(correction.fin));
    let etapes = correction.etapes();
    let left = etapes.iter().copied().find(|etape| !is_done(&correction, *etape, &ctx));
    let message = Some(correction.message.clone()).filter(|message| !message.is_empty());
    let contenu = view! {
            {refus.map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            <p>
                {format!("Un gestionnaire vous demande de revoir ce qui suit. Sans nouvelles de vous le {fin}, la demande sera retirée.")}
            </p>
            {message.map(|message| view! {
                <div class="note"><h2>"Son message"</h2><p class="message">{message}</p></div>
            })}
            {etapes.into_iter().map(|etape| view! { <Onglet correction=correction.clone() etape ctx/> }).collect_view()}
            {match left {
                Some(etape) => view! {
                    <p>
                        <a class="bouton principal" href=correction_path(etape)>{format!("Corriger «\u{a0}{}\u{a0}»", etape.label())}</a>
                    </p>
                }
                .into_any(),
                None => view! {
                    <p>"Tout ce qui était demandé est repris. En renvoyant votre demande, vous certifiez l’exactitude de ces renseignements."</p>
                    <form action=SendBack::url() method="post">
                        <button type="submit" class="principal">"Renvoyer ma demande"</button>
                    </form>
                }
                .into_any(),
            }}
            <p><a href=MON_COMPTE>"Revenir à mon compte"</a></p>
    };
    PageRendue::new("Corriger ma demande", erreur, contenu.into_any())
}

/// A tab: its remarks, the former answers and the new ones.
#[component]
fn Onglet(correction: CorrectionEnCours, etape: Etape, ctx: Contexte) -> impl IntoView {
    let done = is_done(&correction, etape, &ctx);
    let now = correction.brouillon.recap(etape, &ctx);
    let before = correction.avant.recap(etape, &ctx);
    let asked: Vec<_> = correction.remarques.into_iter().filter(|remarque| remarque.etape == etape).collect();
    let seen = correction.brouillon.visites.contains(&etape);
    let state = match (done, seen) {
        (true, _) => "repris",
        (false, true) => "à corriger",
        (false, false) => "à reprendre",
    };
    view! {
        <section class="recap">
            <h2>{etape.label()}" "<span class="etat">{state}</span></h2>
            <dl>
                {asked.into_iter().filter_map(|remarque| {
                    // A field may have a former answer and no longer be asked for: a grade goes with its status.
                    let valeur = |lines: &[Ligne]| {
                        lines.iter().find(|line| line.champ == remarque.champ).map(|line| line.valeur.clone())
                    };
                    let (avant, apres) = (valeur(&before).unwrap_or_default(), valeur(&now).unwrap_or_default());
                    let line = before.iter().chain(&now).find(|line| line.champ == remarque.champ)?;
                    let changed = avant != apres;
                    Some(view! {
                        <div>
                            <dt>{line.label.clone()}</dt>
                            <dd>
                                <p class="remarque">{remarque.texte}</p>
                                <p>{format!("Vous aviez répondu\u{a0}: {}", or_nothing(avant))}</p>
                                {changed.then(|| view! { <p>{format!("Vous répondez\u{a0}: {}", or_nothing(apres))}</p> })}
                            </dd>
                        </div>
                    })
                }).collect_view()}
            </dl>
            <p>
                <a href=correction_path(etape)>
                    {if seen { "Modifier" } else { "Corriger" }}<span class="hors-ecran">{format!(" {}", etape.label())}</span>
                </a>
            </p>
        </section>
    }
}

fn or_nothing(value: String) -> String {
    if value.is_empty() { "rien".to_owned() } else { value }
}

/// Whether the tab was gone through and is right.
fn is_done(correction: &CorrectionEnCours, etape: Etape, ctx: &Contexte) -> bool {
    correction.brouillon.etat(etape, ctx) == domain::EtatOnglet::Complet
}
