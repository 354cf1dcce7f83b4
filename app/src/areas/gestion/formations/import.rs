use domain::instant::heure;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::import::{ReadImportFormations, WriteImportFormations};
use super::port::RapportFormations;
use crate::areas::gestion::filtres::groupe;
use crate::areas::gestion::lecture::trouvee;
use crate::base::adresses::{FICHIER_FORMATIONS, GESTION_FORMATIONS, IMPORT_FORMATIONS};
use crate::base::refus::Refus;
use crate::ui::{Aide, Formulaire, Page, Resume, champ_id, lire, query_error, refus};

/// A file of sessions: sent, looked at, and only then written.
#[component]
pub fn PageImportFormations() -> impl IntoView {
    let query = use_query_map();
    let id = Memo::new(move |_| query.with(|query| query.get("id").unwrap_or_default()));
    trouvee(lire(move || ReadImportFormations { id: id.get() }), move |report| match report {
        Some(report) => view! { <Rapport id=id.get_untracked() report/> }.into_any(),
        None => view! { <Envoi/> }.into_any(),
    })
}

#[component]
fn Envoi() -> impl IntoView {
    let message = query_error().get_untracked().and_then(|error| match error.refus {
        Refus::Vide => Some("Choisissez un fichier CSV."),
        Refus::Classeur => Some(
            "Ce fichier est un classeur (.xlsx, .xls ou .ods)\u{a0}: enregistrez-le au format CSV UTF-8, puis envoyez-le de nouveau.",
        ),
        Refus::Lourd => Some("Ce fichier dépasse 8\u{a0}Mio\u{a0}: coupez-le en deux."),
        Refus::Expire => Some("Ce fichier n’est plus gardé, ou il est déjà importé\u{a0}: envoyez-le de nouveau."),
        _ => None,
    });
    let id = champ_id("fichier");
    let wrong = message.is_some();
    let summary: Vec<_> = message.map(|message| (id.clone(), message.to_owned())).into_iter().collect();
    let erreur = Signal::derive(move || message.map(str::to_owned));
    view! {
        <Page titre="Importer des sessions" erreur=Signal::derive(move || wrong)>
            <Resume erreurs=summary/>
            {refus(&[Refus::Vide, Refus::Classeur, Refus::Lourd, Refus::Expire])}
            <p>"Un fichier CSV, avec des virgules, des points-virgules ou des tabulations, dont la première ligne nomme les colonnes. Ces colonnes sont obligatoires\u{a0}:"</p>
            <p><code>"code, intitule, objectifs, delegation, places, limite, jour, debut, fin"</code></p>
            <p>"Celles-ci sont facultatives\u{a0}:"</p>
            <p><code>"numero, public, prerequis, accessibilite, attribution, attente, attente_max, liberation, par_collectivite, ouverture_jour, ouverture_heure, fuseau, modalite, lieu, voie, complement, code_postal, commune, salle, lien"</code></p>
            <ul class="aide">
                <li>"Chaque ligne est une séance. Les lignes de même code et de même numéro font une session."</li>
                <li>"Le numéro ne sert qu’à réunir les lignes dans le fichier\u{a0}: le service numérote lui-même les sessions."</li>
                <li>"La première ligne d’une session dit tout d’elle. Sur les autres, ces cellules sont vides ou répètent la première."</li>
                <li>"La délégation est désignée par son nom exact."</li>
                <li>"Les sessions sont ajoutées en brouillon. Rien n’est écrit avant que vous ayez vu ce qui serait ajouté."</li>
            </ul>
            <form action=FICHIER_FORMATIONS method="post" enctype="multipart/form-data" novalidate=true>
                <div class="champ long">
                    <label for=id.clone()>"Fichier"</label>
                    <Aide id=id.clone() conseil="8\u{a0}Mio et 20\u{a0}000 lignes au plus. CSV ou « Texte Unicode », comme un tableur les enregistre\u{a0}; pas un classeur .xlsx." erreur/>
                    <input type="file" id=id.clone() name="fichier" accept=".csv,.txt,text/csv,text/plain"
                        aria-describedby=format!("{id}-aide {id}-erreur")/>
                </div>
                <div class="boutons">
                    <button type="submit" class="principal">"Voir ce qui serait ajouté"</button>
                    <a class="bouton discret" href=GESTION_FORMATIONS>"Revenir aux sessions"</a>
                </div>
            </form>
        </Page>
    }
}

#[component]
fn Rapport(id: String, report: RapportFormations) -> impl IntoView {
    let refused = report.refusees > 0;
    let nothing = report.creees == 0;
    let more = |count: u64, shown: usize| {
        let left = count - shown as u64;
        (left > 0).then(|| view! { <li>{format!("et {} autres.", groupe(left))}</li> })
    };
    let refusees = refused.then(|| view! {
        <section>
            <h2>{format!("Lignes refusées\u{a0}: {}", groupe(report.refusees))}</h2>
            <ul>
                {report.exemples_refusees.iter().map(|(line, said)| view! { <li>{format!("ligne {line}\u{a0}: {said}")}</li> }).collect_view()}
                {more(report.refusees, report.exemples_refusees.len())}
            </ul>
        </section>
    });
    let creees = (!nothing).then(|| view! {
        <section>
            <h2>{format!("Sessions à ajouter\u{a0}: {}", groupe(report.creees))}</h2>
            <ul>
                {report.exemples_creees.iter().map(|(lines, said)| view! { <li>{format!("{lines}\u{a0}: {said}")}</li> }).collect_view()}
                {more(report.creees, report.exemples_creees.len())}
            </ul>
        </section>
    });
    view! {
        <Page titre="Ce que ce fichier ajouterait">
            {refus(&[Refus::Refuse])}
            <dl class="chiffres">
                <div><dt>"Lignes lues"</dt><dd>{groupe(report.lues)}</dd></div>
                <div><dt>"Sessions à ajouter"</dt><dd>{groupe(report.creees)}</dd></div>
                <div><dt>"Lignes refusées"</dt><dd>{groupe(report.refusees)}</dd></div>
            </dl>
            {report.windows.then(|| view! {
                <p class="note">"Ce fichier n’est pas en UTF-8\u{a0}: il est lu en Windows-1252, comme Excel l’enregistre. Vérifiez les accents ci-dessous."</p>
            })}
            {if refused {
                view! { <p><strong>"Rien ne sera écrit\u{a0}: corrigez les lignes refusées, puis envoyez le fichier de nouveau."</strong></p> }.into_any()
            } else if nothing {
                view! { <p>"Ce fichier n’a aucune session."</p> }.into_any()
            } else {
                view! {
                    <Formulaire action=WriteImportFormations::url()>
                        <input type="hidden" name="id" value=id/>
                        <div class="boutons">
                            <button type="submit" class="principal">"Importer"</button>
                            <a class="bouton discret" href=GESTION_FORMATIONS>"Ne rien changer"</a>
                        </div>
                    </Formulaire>
                    <p class="aide">{format!("Tout est écrit, ou rien. Ce fichier est gardé jusqu’à {}.", heure(report.expire_le))}</p>
                }
                .into_any()
            }}
            {refusees}
            {creees}
            <p class="seul"><a href=IMPORT_FORMATIONS>"Envoyer un autre fichier"</a></p>
        </Page>
    }
}
