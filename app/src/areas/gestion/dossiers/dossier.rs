use domain::compte::Statut;
use domain::instant::{en_clair, heure};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::decisions::CancelDecision;
use super::api::dossiers::{NoticeDossier, ReadDossier};
use super::attente::Attente as Age;
use super::corrections::CorrectionsPassees;
use super::courriels::Courriels;
use super::demandes::RetourListe;
use super::notes::Notes;
use super::port::{Dossier as Contenu, Doublon, Motif};
use super::prise::PriseEnCharge;
use super::raccourcis::Raccourcis;
use super::statut::Actions;
use crate::areas::compte::Renseignements;
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::cadre::Cadre;
use crate::areas::gestion::filtre_ici::filter_here;
use crate::areas::gestion::filtres::en_gestion;
use crate::base::adresses::{DEMANDES, dossier_path, dossier_sub_path};
use crate::base::refus::Refus;
use crate::base::routage::numero;
use crate::ui::{Avis, Formulaire, Page, lire, lu, parameters, query_error};

/// One file: everything typed, its history, and the decision.
#[component]
pub fn PageDossier() -> impl IntoView {
    let id = numero("id");
    let parametres = parameters();
    let file = lire(move || ReadDossier { id: id.get(), parametres: parametres.get() });
    lu(file, |vue| {
        let administrateur = vue.qui.administrateur;
        let contenu = match vue.contenu {
            Some((dossier, motifs)) => view! { <Dossier dossier motifs administrateur/> }.into_any(),
            None => demande_inconnue(),
        };
        view! { <Cadre qui=vue.qui>{contenu}</Cadre> }.into_any()
    })
}

/// The notice for a file that does not exist, or no longer exists.
pub(super) fn demande_inconnue() -> AnyView {
    view! {
        <Page titre="Cette demande n’existe pas">
            <p><a class="bouton" href=DEMANDES>"Revenir aux demandes"</a></p>
        </Page>
    }
    .into_any()
}

#[component]
fn Dossier(dossier: Contenu, motifs: Vec<Motif>, administrateur: bool) -> impl IntoView {
    let retour = filter_here();
    let ligne = dossier.ligne.clone();
    let (id, statut) = (ligne.id, ligne.statut);
    let title = format!("{} {}", ligne.prenom, ligne.nom);
    let refused = query_error();
    view! {
        <Page titre=title large=true erreur=Signal::derive(move || refused.get().is_some())>
            <Voisins dossier=dossier.clone() retour=retour.clone()/>
            // The errors of a field are shown at the field.
            {move || refused.get().filter(|error| !matches!(error.refus, Refus::Adresse | Refus::Courriels)).map(|error| view! {
                <Avis alerte=true><p>{error.message()}</p></Avis>
            })}
            <AvisDecision dossier=dossier.clone() retour=retour.clone() administrateur/>
            {notice::<NoticeDossier>()}
            <dl class="fiche">
                <div><dt>"Référence"</dt><dd>{ligne.reference.to_string()}</dd></div>
                <div><dt>"État"</dt><dd>{statut.label()}", "<Age ligne=ligne.clone() maintenant=dossier.maintenant/></dd></div>
                <div><dt>"Inscription"</dt><dd>{en_gestion(ligne.cas)}</dd></div>
                <div><dt>"Employeur"</dt><dd>{dossier.employeur.clone()}</dd></div>
                {dossier.presentee_par.clone().map(|par| view! { <div><dt>"Présenté par"</dt><dd>{par}</dd></div> })}
                <div><dt>"Adresse de messagerie"</dt><dd>{dossier.courriel.clone()}</dd></div>
                {dossier.message.clone().map(|message| view! { <div><dt>"Message à la personne"</dt><dd>{message}</dd></div> })}
            </dl>
            <Doublons id doublons=dossier.doublons.clone() retour=retour.clone()/>
            {(statut == Statut::AValider && ligne.decision.is_none()).then(|| view! {
                <PriseEnCharge id prise=ligne.prise.clone() retour=retour.clone()/>
            })}
            <Actions dossier=dossier.clone() motifs retour=retour.clone()/>
            {(administrateur && statut.is_activated()).then(|| view! {
                <p class="seul"><a class="bouton discret" href=dossier_sub_path(id, "connexions", &retour)>"Fermer ses connexions"</a></p>
            })}
            <div class="colonnes">
                <Renseignements rubriques=dossier.donnees/>
            </div>
            <CorrectionsPassees corrections=dossier.corrections/>
            <div class="colonnes">
                <Courriels id statut adresse=dossier.courriel courriels=dossier.courriels retour=retour.clone()/>
                <Notes id notes=dossier.notes retour=retour.clone()/>
                <section class="suivi">
                    <h2>"Historique"</h2>
                    <ol>
                        {dossier.historique.into_iter().map(|event| view! {
                            <li class="fait">{format!("{}\u{a0}: {} ({})", en_clair(event.le), event.quoi, event.par)}</li>
                        }).collect_view()}
                    </ol>
                </section>
            </div>
            <RetourListe retour/>
            <Raccourcis dossier=true/>
        </Page>
    }
}

/// The files before and after this one in the filter.
#[component]
fn Voisins(dossier: Contenu, retour: String) -> impl IntoView {
    let voisines = dossier.voisines;
    let before = voisines.precedente.map(|id| dossier_path(id, &retour));
    let after = voisines.suivante.map(|id| dossier_path(id, &retour));
    view! {
        <nav class="voisines" aria-label="Autres demandes">
            {before.map(|href| view! { <a href=href rel="prev" data-touche="p">"Demande précédente"</a> })}
            {after.map(|href| view! { <a href=href rel="next" data-touche="n">"Demande suivante"</a> })}
        </nav>
    }
}

/// The notice of a decision: just taken, held, or too late.
#[component]
fn AvisDecision(dossier: Contenu, retour: String, administrateur: bool) -> impl IntoView {
    let taken = use_query_map().with_untracked(|query| query.get("decision").unwrap_or_default());
    let statut = dossier.ligne.statut.label();
    if let Some(held) = dossier.ligne.decision {
        let id = dossier.ligne.id;
        let (what, when) = (held.verdict.label(), heure(held.effet_le));
        let said = if held.par_moi {
            format!("Votre décision, «\u{a0}{what}\u{a0}», prend effet à {when}. La personne sera alors prévenue.")
        } else {
            format!(
                "{} a décidé «\u{a0}{what}\u{a0}», qui prend effet à {when}. La personne sera alors prévenue.",
                held.par
            )
        };
        let too_late = !held.par_moi && taken == "deja";
        return view! {
            {too_late.then(|| view! {
                <Avis alerte=true>
                    <p>{format!("Votre décision n’a pas été enregistrée\u{a0}: {} a décidé avant vous.", held.par)}</p>
                </Avis>
            })}
            <Avis succes=true>
                <p>{said}</p>
                {(held.par_moi || administrateur).then(|| view! {
                    <Formulaire action=CancelDecision::url()>
                        <input type="hidden" name="id" value=id/>
                        <input type="hidden" name="retour" value=retour/>
                        <button type="submit" data-touche=held.par_moi.then_some("z")>
                            {if held.par_moi { "Annuler ma décision" } else { "Annuler cette décision" }}
                        </button>
                    </Formulaire>
                })}
            </Avis>
        }
        .into_any();
    }
    match taken.as_str() {
        // The decision was held a moment ago, and has taken effect since.
        "prise" | "attente" => view! {
            <Avis succes=true><p>{format!("Décision enregistrée\u{a0}: {statut}. La personne est prévenue par courriel.")}</p></Avis>
        }
        .into_any(),
        "annulee" => view! { <Avis succes=true><p>"La décision est annulée\u{a0}: personne n’en a été prévenu."</p></Avis> }.into_any(),
        "effective" => view! {
            <Avis alerte=true><p>"Trop tard pour annuler\u{a0}: la décision a pris effet."</p></Avis>
        }
        .into_any(),
        "suivie" => view! {
            <Avis alerte=true><p>"Votre décision n’a pas été enregistrée\u{a0}: un collègue s’occupe de cette demande."</p></Avis>
        }
        .into_any(),
        "deja" => {
            let last = dossier.historique.iter().find(|event| event.change_etat);
            let who = last.map(|event| format!(" par {}, le {}", event.par, en_clair(event.le))).unwrap_or_default();
            view! {
                <Avis alerte=true>
                    <p>{format!("Votre décision n’a pas été enregistrée\u{a0}: cette demande est déjà «\u{a0}{statut}\u{a0}»{who}.")}</p>
                </Avis>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

/// Accounts that may be the same person's.
#[component]
fn Doublons(id: i64, doublons: Vec<Doublon>, retour: String) -> impl IntoView {
    (!doublons.is_empty()).then(|| {
        view! {
            <section class="avis doublons">
                <h2>"Comptes qui se ressemblent"</h2>
                <ul>
                    {doublons.into_iter().map(|double| {
                        let why = match (double.identite, double.proche, double.telephone) {
                            (true, _, true) => "même nom, même date de naissance, même téléphone",
                            (true, _, false) => "même nom et même date de naissance",
                            (_, true, true) => "nom proche, même date de naissance, même téléphone",
                            (_, true, false) => "nom proche et même date de naissance",
                            _ => "même téléphone",
                        };
                        let other = double.ligne;
                        let href = dossier_sub_path(id, &format!("comparer/{}", other.id), &retour);
                        view! {
                            <li>
                                {format!("{} {}, {}, {}\u{a0}: {why}. ", other.prenom, other.nom, other.reference, other.statut.label())}
                                <a href=href>{format!("Comparer avec {}", other.reference)}</a>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            </section>
        }
    })
}
