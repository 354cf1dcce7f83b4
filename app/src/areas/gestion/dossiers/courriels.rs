use crate::base::refus::Refus;
use domain::compte::Statut;
use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::dossiers::{CorrectPersonsAddress, RenewLink, SendAgain};
use super::port::{CourrielDossier, EtatCourriel};
use crate::ui::{Aide, Formulaire, Resume, champ_id, invalide, query_error, summary_of};

/// The mails to the person, the state of each, and the actions on a mail that does not arrive.
#[component]
pub fn Courriels(
    id: i64,
    statut: Statut,
    adresse: String,
    courriels: Vec<CourrielDossier>,
    retour: String,
) -> impl IntoView {
    let (back, again) = (retour.clone(), retour.clone());
    view! {
        <section class="courriels">
            <h2>"Courriels à la personne"</h2>
            <ul>
                {courriels.into_iter().map(|mail| {
                    let (class, words) = how(&mail);
                    let back = back.clone();
                    let again = mail.renvoyable && matches!(mail.etat, EtatCourriel::Abandonne { .. });
                    view! {
                        <li class=class>
                            {mail.quoi}"\u{a0}: "{words}
                            {again.then(|| view! {
                                <Formulaire action=SendAgain::url()>
                                    <input type="hidden" name="id" value=id/>
                                    <input type="hidden" name="courriel" value=mail.id/>
                                    <input type="hidden" name="retour" value=back/>
                                    <button type="submit">"Renvoyer"</button>
                                </Formulaire>
                            })}
                        </li>
                    }
                }).collect_view()}
            </ul>
            {matches!(statut, Statut::EnAttenteActivation | Statut::Expiree).then(|| view! {
                <Formulaire action=RenewLink::url()>
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="retour" value=again/>
                    <button type="submit">"Envoyer un nouveau lien d’activation"</button>
                </Formulaire>
            })}
            {(statut == Statut::EnAttenteActivation).then(|| view! { <CorrigerAdresse id adresse retour/> })}
        </section>
    }
}

fn how(mail: &CourrielDossier) -> (&'static str, String) {
    let at = en_clair(mail.le);
    match &mail.etat {
        EtatCourriel::EnFile => ("en-file", format!("en file depuis le {at}")),
        EtatCourriel::Remis => ("remis", format!("remis le {at}")),
        EtatCourriel::Differe { pourquoi, prochain_envoi_le } => {
            ("differe", format!("différé ({pourquoi})\u{a0}; prochain envoi le {}", en_clair(*prochain_envoi_le)))
        }
        EtatCourriel::Abandonne { pourquoi } => ("abandonne", format!("non remis ({pourquoi}), demandé le {at}")),
    }
}

#[component]
fn CorrigerAdresse(id: i64, adresse: String, retour: String) -> impl IntoView {
    let refused = query_error();
    let message = Signal::derive(move || {
        refused.get().and_then(|error| match error.refus {
            Refus::Adresse => Some("Saisissez une adresse complète, par exemple nom@exemple.fr.".to_owned()),
            Refus::Courriels => {
                Some("Cette adresse a reçu ses courriels de la journée\u{a0}: réessayez demain.".to_owned())
            }
            _ => None,
        })
    });
    let summary = summary_of("nouvelle-adresse", message);
    let field = champ_id("nouvelle-adresse");
    view! {
        <details open=message.get_untracked().is_some()>
            <summary>"Corriger l’adresse"</summary>
            <Resume erreurs=summary/>
            <Formulaire action=CorrectPersonsAddress::url()>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="retour" value=retour/>
                <div class="champ moyen">
                    <label for=field.clone()>"Nouvelle adresse de messagerie"</label>
                    <Aide id=field.clone() erreur=message
                        conseil="Seulement si la personne vous l’a demandé. Personne n’a encore prouvé l’adresse actuelle."/>
                    <input type="email" id=field.clone() name="courriel" value=adresse autocomplete="off" spellcheck="false"
                        aria-describedby=format!("{field}-aide {field}-erreur")
                        aria-invalid=invalide(message)/>
                </div>
                <button type="submit">"Corriger et envoyer un nouveau lien"</button>
            </Formulaire>
        </details>
    }
}
