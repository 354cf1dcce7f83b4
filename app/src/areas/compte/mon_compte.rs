use domain::compte::Statut;
use domain::instant::jour_et_heure;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::adresse::{ChangerAdresse, address_error};
use super::api::compte::{Attendu, OuPreinscrire, ReadAccount};
use super::port::MonCompte;
use super::renseignements::Renseignements;
use super::suivi::{Courriels, Frise, heading};
use crate::areas::acces::{ConnexionOuverte, Deconnexion, Essais, MesConnexions, connexions_closed, password_changed};
use crate::base::adresses::{
    ACCUSE, CORRECTIONS, DONNEES, FORMATIONS, MES_PREINSCRIPTIONS, MOT_DE_PASSE, RETIRER, preinscription_path,
};
use crate::ui::{Avis, Page, Resume, champ_id, lire, lu};

/// The state of the request, the person who acts next and, once validated, the account itself.
#[component]
pub fn PageMonCompte() -> impl IntoView {
    lu(lire(|| ReadAccount {}), |(compte, connexions, ou)| view! { <Compte compte connexions ou/> }.into_any())
}

#[component]
fn Compte(compte: MonCompte, connexions: Vec<ConnexionOuverte>, ou: OuPreinscrire) -> impl IntoView {
    let query = use_query_map();
    let flag = move |name: &str| query.with_untracked(|query| query.get(name).is_some());
    let MonCompte { prenom, nom, courriel, cas, employeur, suivi, motif, message, donnees } = compte;
    let statut = suivi.statut;
    let wrong = address_error();
    let summary = Signal::derive(move || {
        wrong.get().map(|(field, words)| (champ_id(field), words)).into_iter().collect::<Vec<_>>()
    });
    let asked = query.with_untracked(|query| query.get("adresse").is_some());
    view! {
        <Page titre=heading(&suivi).to_owned() erreur=Signal::derive(move || wrong.get().is_some())>
            <Resume erreurs=summary/>
            {flag("espace").then(|| view! {
                <Avis>
                    <p>
                        "Vous aviez choisi «\u{a0}Service formation d’une collectivité\u{a0}»\u{a0}: cet identifiant est celui d’un agent, "
                        "voici votre espace."
                    </p>
                </Avis>
            })}
            {flag("renvoyee").then(|| view! {
                <Avis succes=true><p>"Vos corrections sont envoyées. Un accusé de réception part à votre adresse."</p></Avis>
            })}
            {flag("certifiee").then(|| view! {
                <Avis succes=true><p>"Votre demande est envoyée. Un accusé de réception part à votre adresse."</p></Avis>
            })}
            <Essais connexions=connexions.clone() changer=MOT_DE_PASSE/>
            {connexions_closed()}
            {password_changed()}
            {asked.then(|| view! {
                <Avis succes=true>
                    <p>
                        "Un courriel est en route vers la nouvelle adresse. Son lien est valable 30 minutes\u{a0}; votre adresse ne "
                        "change qu’après. Regardez aussi dans vos indésirables."
                    </p>
                </Avis>
            })}
            <p>{format!("Bonjour {prenom} {nom}.")}</p>
            {match statut {
                Statut::Actif => view! {
                    <p>"Vous pouvez vous préinscrire aux formations de formateurs."</p>
                    {match ou {
                        OuPreinscrire::Ici(attendu) => view! {
                            {attend(attendu)}
                            <p><a class="bouton principal" href=FORMATIONS>"Voir les formations"</a></p>
                            <p><a href=MES_PREINSCRIPTIONS>"Mes préinscriptions"</a></p>
                        }
                        .into_any(),
                        OuPreinscrire::Ailleurs(lien) => view! {
                            <p><a class="bouton principal" href=lien rel="external">"Me préinscrire à une formation"</a></p>
                        }
                        .into_any(),
                        OuPreinscrire::Inconnu => view! {
                            <p>
                                "L’adresse du site de préinscription n’est pas encore publiée ici\u{a0}: "
                                <a href="/aide#contact">"demandez-la au service"</a>"."
                            </p>
                        }
                        .into_any(),
                    }}
                }
                .into_any(),
                Statut::ACompleter if suivi.is_to_review() => view! {
                    <div class="note">
                        <p>"Votre service formation a rempli votre demande. Relisez-la\u{a0}: elle part ensuite au gestionnaire."</p>
                        <p><a class="bouton principal" href=CORRECTIONS>"Relire ma demande"</a></p>
                    </div>
                }
                .into_any(),
                Statut::ACompleter => view! {
                    <div class="note">
                        <p>"Un gestionnaire a besoin de précisions. Le reste de vos réponses est gardé."</p>
                        <p><a class="bouton principal" href=CORRECTIONS>"Corriger ma demande"</a></p>
                    </div>
                }
                .into_any(),
                Statut::Refuse => view! {
                    <div class="note">
                        <h2>"Le motif"</h2>
                        <p class="message">{motif}</p>
                        {message.filter(|message| !message.is_empty()).map(|message| view! {
                            <p class="message">{message}</p>
                        })}
                    </div>
                }
                .into_any(),
                _ => ().into_any(),
            }}
            <Frise suivi=suivi.clone()/>
            <dl class="fiche">
                <div><dt>"Référence"</dt><dd>{suivi.reference.to_string()}</dd></div>
                <div><dt>"Identifiant"</dt><dd>{courriel}</dd></div>
                <div><dt>"Inscription"</dt><dd>{cas.label()}</dd></div>
                <div><dt>"Employeur"</dt><dd>{employeur}</dd></div>
            </dl>
            {suivi.activee_le.filter(|_| !suivi.is_to_review()).map(|_| view! { <p><a href=ACCUSE>"Accusé de réception de ma demande"</a></p> })}
            {(!donnees.is_empty()).then(|| view! {
                <details>
                    <summary>"Mes renseignements"</summary>
                    <Renseignements rubriques=donnees/>
                </details>
            })}
            <Courriels courriels=suivi.courriels.clone()/>
            {suivi.may_be_withdrawn().then(|| view! { <p><a href=RETIRER>"Retirer ma demande"</a></p> })}
            {(statut == Statut::Actif).then(|| view! { <ChangerAdresse/> })}
            <MesConnexions connexions changer=MOT_DE_PASSE/>
            <p><a href=MOT_DE_PASSE>"Changer de mot de passe"</a></p>
            <p><a href=DONNEES>"Mes données"</a></p>
            <Deconnexion/>
        </Page>
    }
}

/// What waits for the person: offers to answer, then the next séance.
fn attend(attendu: Attendu) -> impl IntoView {
    let Attendu { offres, prochaine } = attendu;
    view! {
        {offres.into_iter().map(|offre| {
            let until = offre.fin.map(|fin| format!("\u{a0}: répondez avant le {}", jour_et_heure(fin))).unwrap_or_default();
            view! {
                <div class="note">
                    <p>{format!("Une place se libère pour «\u{a0}{}\u{a0}»{until}.", offre.intitule)}</p>
                    <p><a class="bouton principal" href=preinscription_path(&offre.reference)>"Répondre"</a></p>
                </div>
            }
        }).collect_view()}
        {prochaine.map(|next| view! {
            <p>
                "Votre prochaine séance\u{a0}: "{next.quand}", "
                <a href=preinscription_path(&next.reference)>{next.intitule}</a>"."
            </p>
        })}
    }
}
