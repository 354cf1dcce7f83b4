use domain::compte::Statut;
use domain::instant::{age, en_clair};
use domain::ports::{Dossier as Contenu, Motif};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::cadre::Cadre;
use super::corrections::{CorrectionsPassees, DemanderCorrections};
use super::decision::{ConfirmerRefus, ConfirmerValidation};
use crate::api::gestion::{Refuse, Validate, read_dossier};
use crate::compte::Renseignements;
use crate::gestion::DEMANDES;
use crate::ui::{Attente, Avis, Page, query_error};

/// One file: everything typed, its history, and the decision.
#[component]
pub fn PageDossier() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<i64>().ok()).unwrap_or_default())
    });
    let validate = ServerAction::<Validate>::new();
    let refuse = ServerAction::<Refuse>::new();
    let file = Resource::new_blocking(
        move || (id.get(), validate.version().get(), refuse.version().get()),
        |(id, ..)| read_dossier(id),
    );
    view! {
        <Transition fallback=Attente>
            {move || Suspend::new(async move {
                match file.await {
                    Ok(Some(vue)) => match vue.contenu {
                        Some((dossier, motifs)) => view! {
                            <Cadre qui=vue.qui><Dossier dossier motifs validate refuse/></Cadre>
                        }
                        .into_any(),
                        None => view! {
                            <Cadre qui=vue.qui>
                                <Page titre="Cette demande n’existe pas">
                                    <p><a class="bouton" href=DEMANDES>"Revenir aux demandes"</a></p>
                                </Page>
                            </Cadre>
                        }
                        .into_any(),
                    },
                    Ok(None) => view! { <Attente/> }.into_any(),
                    Err(error) => view! { <Avis alerte=true><p>{error.to_string()}</p></Avis> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Dossier(
    dossier: Contenu,
    motifs: Vec<Motif>,
    validate: ServerAction<Validate>,
    refuse: ServerAction<Refuse>,
) -> impl IntoView {
    let query = use_query_map();
    let decision = Memo::new(move |_| query.with(|query| query.get("decision").unwrap_or_default()));
    let refused = query_error();
    let own = dossier.clone();
    let ligne = dossier.ligne;
    let (id, version) = (ligne.id, dossier.version);
    let path = format!("{DEMANDES}/{id}");
    let title = format!("{} {}", ligne.prenom, ligne.nom);
    let last = dossier.historique.first().cloned();
    let statut = ligne.statut;
    view! {
        <Page titre=title large=true>
            {move || refused.get().map(|error| view! { <Avis alerte=true><p>{error.message()}</p></Avis> })}
            {move || match decision.get().as_str() {
                "prise" => view! {
                    <Avis succes=true><p>{format!("Décision enregistrée\u{a0}: {}. La personne est prévenue par courriel.", statut.label())}</p></Avis>
                }
                .into_any(),
                "deja" => {
                    let who = last.as_ref().map(|event| format!(" par {}, le {}", event.par, en_clair(event.le)));
                    view! {
                        <Avis alerte=true>
                            <p>
                                {format!(
                                    "Votre décision n’a pas été enregistrée\u{a0}: cette demande est déjà «\u{a0}{}\u{a0}»{}.",
                                    statut.label(),
                                    who.unwrap_or_default(),
                                )}
                            </p>
                        </Avis>
                    }
                    .into_any()
                }
                _ => ().into_any(),
            }}
            <dl class="fiche">
                <div><dt>"Référence"</dt><dd>{ligne.reference.to_string()}</dd></div>
                <div><dt>"État"</dt><dd>{statut.label()}" depuis "{age(ligne.depuis, dossier.maintenant)}</dd></div>
                <div><dt>"Inscription"</dt><dd>{ligne.cas.label()}</dd></div>
                <div><dt>"Employeur"</dt><dd>{dossier.employeur}</dd></div>
                <div><dt>"Adresse de messagerie"</dt><dd>{dossier.courriel}</dd></div>
            </dl>
            {(statut == Statut::AValider).then(|| view! {
                <div class="boutons decision">
                    <Ouvre action="valider" label="Valider" class="principal" path=path.clone()/>
                    <Ouvre action="corrections" label="Demander des corrections" class="" path=path.clone()/>
                    <Ouvre action="refuser" label="Refuser" class="danger" path=path.clone()/>
                </div>
                <dialog id="dialogue-valider" aria-label="Valider">
                    <ConfirmerValidation id version action=validate/>
                    <Ferme/>
                </dialog>
                <dialog id="dialogue-corrections" aria-label="Demander des corrections">
                    <DemanderCorrections dossier=own.clone()/>
                    <Ferme/>
                </dialog>
                <dialog id="dialogue-refuser" aria-label="Refuser">
                    <ConfirmerRefus id version motifs action=refuse/>
                    <Ferme/>
                </dialog>
            })}
            <div class="colonnes">
                <Renseignements rubriques=dossier.donnees/>
            </div>
            <CorrectionsPassees corrections=dossier.corrections/>
            <section class="suivi">
                <h2>"Historique"</h2>
                <ol>
                    {dossier.historique.into_iter().map(|event| view! {
                        <li class="fait">{format!("{}\u{a0}: {} ({})", en_clair(event.le), event.quoi, event.par)}</li>
                    }).collect_view()}
                </ol>
            </section>
            <p class="seul"><a href=DEMANDES>"Revenir aux demandes"</a></p>
        </Page>
    }
}

/// Asks for a confirmation: a dialog where `pages.js` runs, else a page of its own.
#[component]
fn Ouvre(action: &'static str, label: &'static str, class: &'static str, path: String) -> impl IntoView {
    view! {
        <form method="get" action=format!("{path}/{action}") data-dialogue=format!("dialogue-{action}")>
            <button type="submit" class=class>{label}</button>
        </form>
    }
}

/// Closes the dialog it is in, by itself.
#[component]
fn Ferme() -> impl IntoView {
    view! { <form method="dialog"><button type="submit" class="discret">"Annuler"</button></form> }
}
