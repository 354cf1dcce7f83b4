use domain::formation::EtatPreinscription;
use domain::instant::{en_clair, jour, today};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{NoticePreinscriptions, PressFor, ReadInscrits, TakeLotBack};
use super::port::{EnTeteSession, Geste, LignePreinscription, ListePreinscriptions, SilenceListe};
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::filtres::en_gestion;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{GESTION_FORMATIONS, dossier_path, gestion_formation_path, gestion_formation_sub_path};
use crate::base::refus::Refus;
use crate::base::routage::numero;
use crate::ui::{Aide, Avis, Formulaire, Page, champ_id, chercher, lire, parameters, query_error, refus};

/// How often the list is read again, in seconds.
const FRAICHEUR: u32 = 10;

/// The préinscriptions of a session.
#[component]
pub fn PagePreinscriptions() -> impl IntoView {
    let id = numero("id");
    let parametres = parameters();
    let page = lire(move || ReadInscrits { id: id.get(), parametres: parametres.get() });
    page.refresh("inscrits", FRAICHEUR);
    lue(page, move |contenu| match contenu {
        Some((liste, dites)) => {
            let etat = parametres.with_untracked(|all| all.get("etat").cloned().unwrap_or_default());
            view! { <Liste liste dites etat/> }.into_any()
        }
        None => view! {
            <Page titre="Cette page n’existe pas">
                <p><a class="bouton" href=GESTION_FORMATIONS>"Revenir aux sessions"</a></p>
            </Page>
        }
        .into_any(),
    })
}

#[component]
fn Liste(liste: ListePreinscriptions, dites: Vec<String>, etat: String) -> impl IntoView {
    let ListePreinscriptions { session, lignes, suivante, maintenant: _ } = liste;
    let here = gestion_formation_sub_path(session.id, "preinscriptions");
    let next = suivante.map(|after| match etat.as_str() {
        "" => format!("{here}?apres={after}"),
        etat => format!("{here}?etat={etat}&apres={after}"),
    });
    let id = session.id;
    view! {
        <Page titre=format!("Préinscriptions\u{a0}: {}", session.intitule) large=true>
            {notice::<NoticePreinscriptions>()}
            {annonce_du_lot(id, dites)}
            {refus(&[Refus::Remarque])}
            {resume(&session)}
            <div id="inscrits">
                {etats(&session, &here, &etat)}
                <Tableau id lignes/>
                {next.map(|href| view! { <p><a class="bouton" href=href rel="next">"Page suivante"</a></p> })}
            </div>
            <Preinscrire id/>
            <p class="seul"><a href=gestion_formation_path(id)>"Revenir à la session"</a></p>
        </Page>
    }
}

/// The filters by state, with their counts.
fn etats(session: &EnTeteSession, here: &str, etat: &str) -> impl IntoView + use<> {
    let counted = [
        ("", "Toutes".to_owned()),
        (EtatPreinscription::AvisDemande.code(), format!("Avis attendus ({})", session.avis)),
        (EtatPreinscription::Demandee.code(), format!("À examiner ({})", session.examen)),
        (EtatPreinscription::ListeAttente.code(), format!("En liste d’attente ({})", session.attente)),
        (EtatPreinscription::Proposee.code(), format!("Places proposées ({})", session.proposees)),
        (EtatPreinscription::Retenue.code(), format!("Retenues ({})", session.retenues)),
        (EtatPreinscription::Refusee.code(), "Non retenues".to_owned()),
        (EtatPreinscription::Annulee.code(), "Annulées".to_owned()),
    ];
    let links = counted.map(|(code, label)| {
        let href = if code.is_empty() { here.to_owned() } else { format!("{here}?etat={code}") };
        let current = (etat == code).then_some("true");
        view! { <li><a href=href aria-current=current>{label}</a></li> }
    });
    view! { <nav class="etats" aria-label="États"><ul>{links.into_iter().collect_view()}</ul></nav> }
}

/// The figures of the session, and why no offer is out.
fn resume(session: &EnTeteSession) -> impl IntoView + use<> {
    let EnTeteSession { adresse, etat, places, retenues, proposees, silence: why, .. } = session.clone();
    view! {
        <p>{format!("{adresse}, {etat}\u{a0}: {places} places, {retenues} retenues, {proposees} proposées.")}</p>
        {why.map(silence)}
    }
}

/// Why no offer is out.
pub fn silence(why: SilenceListe) -> impl IntoView {
    view! { <p class="note">{format!("Aucune offre ne part\u{a0}: {}", minuscule(why.label()))}</p> }
}

fn minuscule(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// What the last bulk did, and how to take it back.
fn annonce_du_lot(id: i64, dites: Vec<String>) -> Option<impl IntoView> {
    let query = use_query_map();
    let number = move |name: &'static str| query.with_untracked(|query| query.get(name)?.parse::<u32>().ok());
    let lot = query.with_untracked(|query| query.get("lot").unwrap_or_default());
    let said = match (number("reprises"), number("faites")) {
        (Some(0 | 1), _) => format!("{} décision reprise.", number("reprises").unwrap_or(0)),
        (Some(count), _) => format!("{count} décisions reprises."),
        (None, Some(count @ (0 | 1))) => format!("{count} décision enregistrée."),
        (None, Some(count)) => format!("{count} décisions enregistrées."),
        (None, None) => return None,
    };
    Some(view! {
        <Avis succes=true>
            <p>{said}</p>
            {(!dites.is_empty()).then(|| view! {
                <ul>{dites.into_iter().map(|said| view! { <li>{said}</li> }).collect_view()}</ul>
            })}
            {(!lot.is_empty()).then(|| view! {
                <p>"Les courriels partent dans quelques instants."</p>
                <Formulaire action=TakeLotBack::url()>
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="lot" value=lot/>
                    <button type="submit">"Annuler ma décision"</button>
                </Formulaire>
            })}
        </Avis>
    })
}

#[component]
fn Tableau(id: i64, lignes: Vec<LignePreinscription>) -> impl IntoView {
    let lot = gestion_formation_sub_path(id, "preinscriptions/lot");
    let empty = lignes.is_empty();
    let count = champ_id("combien");
    view! {
        <form method="get" action=lot.clone() class="lot" on:submit=chercher()>
            {if empty {
                view! { <p class="vide">"Personne ici pour l’instant."</p> }.into_any()
            } else {
                view! {
                    <div class="barre">
                        {Geste::ALL.map(|geste| view! {
                            <button type="submit" name="geste" value=geste.code()>{geste.label()}</button>
                        }).collect_view()}
                    </div>
                }
                .into_any()
            }}
            <table aria-label="Préinscriptions">
                <thead>
                    <tr>
                        <th scope="col"><span class="hors-ecran">"Sélection"</span></th>
                        <th scope="col" class="nombre">"Rang"</th>
                        <th scope="col">"Nom"</th>
                        <th scope="col">"Inscription"</th>
                        <th scope="col">"État"</th>
                        <th scope="col">"Le"</th>
                        <th scope="col">"À savoir"</th>
                    </tr>
                </thead>
                <tbody>{lignes.into_iter().map(rang).collect_view()}</tbody>
            </table>
        </form>
        <form method="get" action=lot class="filtres" on:submit=chercher()>
            <input type="hidden" name="geste" value=Geste::Retenir.code()/>
            <div class="champ court">
                <label for=count.clone()>"Combien"</label>
                <input type="number" id=count name="combien" min="1" max="2000" inputmode="numeric"/>
            </div>
            <button type="submit">"Retenir dans l’ordre"</button>
        </form>
    }
}

fn rang(ligne: LignePreinscription) -> impl IntoView {
    let LignePreinscription { nom, compte_id, etat, cause, .. } = ligne.clone();
    let state = match cause {
        Some(cause) => format!("{}\u{a0}: {}", etat.label(), cause.label()),
        None => etat.label().to_owned(),
    };
    let until = ligne.offre_fin.map(|fin| format!("jusqu’au {}", en_clair(fin)));
    let notes = [
        ligne.meme_personne.then_some("Même personne\u{a0}?"),
        ligne.non_remise.then_some("courriel non remis"),
        ligne.suspendue.then_some("compte suspendu"),
    ];
    view! {
        <tr>
            <td class="case">
                <input type="checkbox" name="id" value=ligne.id aria-label=format!("Sélectionner {nom}")/>
            </td>
            <td class="nombre" data-nom="Rang">{ligne.rang}</td>
            <td class="nom"><a href=dossier_path(compte_id, "")>{nom.clone()}</a></td>
            <td>{en_gestion(ligne.cas)}</td>
            <td>{state}{until.map(|until| format!(", {until}"))}</td>
            <td>{jour(today(ligne.creee_le))}</td>
            <td>
                {notes.into_iter().flatten().map(|note| view! { <span class="etiquette">{note}</span>" " }).collect_view()}
                {(!ligne.attentes.is_empty()).then(|| view! { <span class="message">{ligne.attentes.clone()}</span> })}
            </td>
        </tr>
    }
}

/// A gestionnaire pre-registers an account.
#[component]
fn Preinscrire(id: i64) -> impl IntoView {
    let refused = query_error();
    let missing = Signal::derive(move || {
        let asked = refused.get().is_some_and(|error| error.refus == Refus::Remarque);
        asked.then(|| {
            "Dites pourquoi, en 200 caractères au plus\u{a0}: le journal et la personne le sauront.".to_owned()
        })
    });
    let (compte, raison) = (champ_id("compte"), champ_id("raison"));
    view! {
        <details open=missing.get_untracked().is_some()>
            <summary>"Préinscrire un compte"</summary>
            <Formulaire action=PressFor::url()>
                <input type="hidden" name="id" value=id/>
                <div class="champ moyen">
                    <label for=compte.clone()>"Référence du compte"</label>
                    <Aide id=compte.clone() conseil="IEL-XXXX-XXXX, dans son dossier."/>
                    <input type="text" id=compte.clone() name="compte" autocomplete="off" aria-describedby=format!("{compte}-aide")/>
                </div>
                <div class="champ long">
                    <label for=raison.clone()>"Raison"</label>
                    <Aide id=raison.clone() conseil="Obligatoire." erreur=missing/>
                    <input type="text" id=raison.clone() name="raison" maxlength="200"
                        aria-describedby=format!("{raison}-aide {raison}-erreur")/>
                </div>
                <button type="submit">"Préinscrire"</button>
            </Formulaire>
        </details>
    }
}
