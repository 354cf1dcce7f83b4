use domain::instant::{Millis, en_clair};
use domain::{Ligne, Rubrique};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::decisions::RequestCorrections;
use super::decision::{Dossiers, confirmation, decision_error};
use super::port::{CorrectionPassee, Dossier};
use crate::ui::{Aide, Formulaire, champ_id};

/// Remarks pinned on fields: one text under each answer that may be corrected.
#[component]
pub fn DemanderCorrections(dossier: Dossier, retour: String) -> impl IntoView {
    let missing = decision_error("remarques");
    let message = champ_id("message-corrections");
    view! {
        <Formulaire action=RequestCorrections::url() class="corrections">
            <Dossiers id=dossier.ligne.id version=dossier.ligne.version retour/>
            <p>"Écrivez sous chaque renseignement à revoir ce que la personne doit faire. Elle ne verra que ces onglets."</p>
            <div id=champ_id("remarques") tabindex="-1"><Aide id=champ_id("remarques") erreur=missing/></div>
            {dossier.donnees.into_iter().filter_map(|Rubrique { etape, lignes }| {
                let open: Vec<Ligne> = lignes.into_iter().filter(|line| line.corrigible).collect();
                (!open.is_empty()).then(|| view! {
                    <fieldset>
                        <legend>{etape.label()}</legend>
                        {open.into_iter().map(|line| {
                            let id = format!("remarque-{}-{}", etape.slug(), line.champ);
                            let answer = format!("{id}-reponse");
                            view! {
                                <div class="champ long">
                                    <label for=id.clone()>{line.label}</label>
                                    <p class="aide" id=answer.clone()>
                                        {if line.valeur.is_empty() { "—".to_owned() } else { line.valeur }}
                                    </p>
                                    <input type="text" id=id name=format!("remarques[{}.{}]", etape.slug(), line.champ)
                                        maxlength="500" autocomplete="off" aria-describedby=answer/>
                                </div>
                            }
                        }).collect_view()}
                    </fieldset>
                })
            }).collect_view()}
            <div class="champ long">
                <label for=message.clone()>"Message à la personne"</label>
                <Aide id=message.clone() conseil="Facultatif."/>
                <textarea id=message.clone() name="message" rows="3" maxlength="2000"
                    aria-describedby=format!("{message}-aide")></textarea>
            </div>
            <button type="submit" class="principal">"Demander des corrections"</button>
        </Formulaire>
    }
}

/// The remarks as a page, for a browser without script.
#[component]
pub fn PageCorriger() -> impl IntoView {
    confirmation("Demander des corrections", |dossier, _, retour| {
        view! { <DemanderCorrections dossier retour/> }.into_any()
    })
}

const RELECTURE: &str = "Relecture de ce que le service formation a saisi";

fn asked_on(at: Millis) -> String {
    format!("Corrections demandées le {}", en_clair(at))
}

/// The former remarks, with the answers before and after.
#[component]
pub fn CorrectionsPassees(corrections: Vec<CorrectionPassee>) -> impl IntoView {
    corrections
        .into_iter()
        .map(|passee| {
            let back = passee.renvoyee_le.map(en_clair);
            let (title, said) = match (passee.par, back) {
                (Some(par), Some(at)) => (asked_on(passee.demandee_le), format!("Par {par}\u{a0}; renvoyées le {at}.")),
                (Some(par), None) => {
                    (asked_on(passee.demandee_le), format!("Par {par}\u{a0}; la personne ne les a pas encore renvoyées."))
                }
                (None, Some(at)) => (RELECTURE.to_owned(), format!("L’agent a certifié ses renseignements le {at}.")),
                (None, None) => (RELECTURE.to_owned(), "L’agent n’a pas encore certifié ses renseignements.".to_owned()),
            };
            let (asked, changed) = (passee.remarques, passee.changements);
            let unchanged = passee.renvoyee_le.is_some() && changed.is_empty();
            view! {
                <section class="recap">
                    <h2>{title}</h2>
                    <p>{said}</p>
                    {(!passee.message.is_empty()).then(|| view! { <p class="message">{passee.message}</p> })}
                    <ul>{asked.into_iter().map(|remarque| view! {
                        <li>{remarque.etape.label()}"\u{a0}: "{remarque.texte}</li>
                    }).collect_view()}</ul>
                    {unchanged.then(|| view! { <p>"Rien n’a été changé."</p> })}
                    {(!changed.is_empty()).then(|| view! {
                        <table>
                            <caption>"Ce qui a changé"</caption>
                            <thead>
                                <tr><th scope="col">"Renseignement"</th><th scope="col">"Avant"</th><th scope="col">"Après"</th></tr>
                            </thead>
                            <tbody>
                                {changed.into_iter().map(|change| view! {
                                    <tr>
                                        <th scope="row">{format!("{}, {}", change.etape.label(), change.label)}</th>
                                        <td>{change.avant}</td>
                                        <td>{change.apres}</td>
                                    </tr>
                                }).collect_view()}
                            </tbody>
                        </table>
                    })}
                </section>
            }
        })
        .collect_view()
}
