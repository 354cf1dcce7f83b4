use domain::instant::heure;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{ReadImport, WriteImport};
use super::port::RapportImport;
use crate::areas::gestion::filtres::groupe;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{COLLECTIVITES, FICHIER, IMPORT};
use crate::base::refus::Refus;
use crate::ui::{Aide, Formulaire, Page, Resume, champ_id, lire, query_error, refus};

/// A file for the directory: sent, looked at, and only then written.
#[component]
pub fn PageImport() -> impl IntoView {
    let query = use_query_map();
    let id = Memo::new(move |_| query.with(|query| query.get("id").unwrap_or_default()));
    lue(lire(move || ReadImport { id: id.get() }), move |report| match report {
        Some(report) => view! { <Rapport id=id.get_untracked() report/> }.into_any(),
        None => view! { <Envoi/> }.into_any(),
    })
}

#[component]
fn Envoi() -> impl IntoView {
    let message = query_error().get_untracked().and_then(|error| match error.refus {
        Refus::Vide => Some("Choisissez un fichier CSV.".to_owned()),
        Refus::Classeur => Some(
            "Ce fichier est un classeur (.xlsx, .xls ou .ods)\u{a0}: enregistrez-le au format CSV UTF-8, puis envoyez-le de nouveau."
                .to_owned(),
        ),
        Refus::Lourd => Some("Ce fichier dépasse 8\u{a0}Mio\u{a0}: coupez-le en deux.".to_owned()),
        Refus::Expire => {
            Some("Ce fichier n’est plus gardé, ou il est déjà importé\u{a0}: envoyez-le de nouveau.".to_owned())
        }
        _ => None,
    });
    let id = champ_id("fichier");
    let wrong = message.is_some();
    let summary: Vec<_> = message.clone().map(|message| (id.clone(), message)).into_iter().collect();
    view! {
        <Page titre="Importer un fichier" erreur=Signal::derive(move || wrong)>
            <Resume erreurs=summary/>
            {refus(&[Refus::Vide, Refus::Classeur, Refus::Lourd, Refus::Expire])}
            <p>"Un fichier CSV, avec des virgules, des points-virgules ou des tabulations, dont la première ligne nomme les colonnes\u{a0}:"</p>
            <p><code>"type, code, nom, siren, departement, codes_postaux, population"</code></p>
            <p class="aide">"Le type et le code désignent une collectivité. Une collectivité absente du fichier ne change pas. Rien n’est écrit avant que vous ayez vu ce qui changerait."</p>
            <form action=FICHIER method="post" enctype="multipart/form-data" novalidate=true>
                <div class="champ long">
                    <label for=id.clone()>"Fichier"</label>
                    <Aide id=id.clone() conseil="8\u{a0}Mio au plus. CSV ou « Texte Unicode », comme un tableur les enregistre\u{a0}; pas un classeur .xlsx." erreur=Signal::derive(move || message.clone())/>
                    <input type="file" id=id.clone() name="fichier" accept=".csv,.txt,text/csv,text/plain"
                        aria-describedby=format!("{id}-aide {id}-erreur")/>
                </div>
                <div class="boutons">
                    <button type="submit" class="principal">"Voir ce qui changerait"</button>
                    <a class="bouton discret" href=COLLECTIVITES>"Revenir aux collectivités"</a>
                </div>
            </form>
        </Page>
    }
}

#[component]
fn Rapport(id: String, report: RapportImport) -> impl IntoView {
    let refused = report.refusees > 0;
    let nothing = report.ajoutees + report.renommees + report.changees == 0;
    let list = |title: &'static str, count: u64, shown: Vec<(u64, String)>| {
        let more = count - shown.len() as u64;
        (count > 0).then(|| view! {
            <section>
                <h2>{format!("{title}\u{a0}: {}", groupe(count))}</h2>
                <ul>
                    {shown.into_iter().map(|(line, said)| view! { <li>{format!("ligne {line}\u{a0}: {said}")}</li> }).collect_view()}
                    {(more > 0).then(|| view! { <li>{format!("et {} autres.", groupe(more))}</li> })}
                </ul>
            </section>
        })
    };
    view! {
        <Page titre="Ce que ce fichier changerait">
            {refus(&[Refus::Refuse])}
            <dl class="chiffres">
                <div><dt>"Lignes lues"</dt><dd>{groupe(report.lues)}</dd></div>
                <div><dt>"À ajouter"</dt><dd>{groupe(report.ajoutees)}</dd></div>
                <div><dt>"À renommer"</dt><dd>{groupe(report.renommees)}</dd></div>
                <div><dt>"À changer"</dt><dd>{groupe(report.changees)}</dd></div>
                <div><dt>"Inchangées"</dt><dd>{groupe(report.inchangees)}</dd></div>
                <div><dt>"Rectifiées"</dt><dd>{groupe(report.rectifiees)}</dd></div>
                <div><dt>"Refusées"</dt><dd>{groupe(report.refusees)}</dd></div>
            </dl>
            {report.windows.then(|| view! {
                <p class="note">"Ce fichier n’est pas en UTF-8\u{a0}: il est lu en Windows-1252, comme Excel l’enregistre. Vérifiez les accents ci-dessous."</p>
            })}
            {if refused {
                view! { <p><strong>"Rien ne sera écrit\u{a0}: corrigez les lignes refusées, puis envoyez le fichier de nouveau."</strong></p> }.into_any()
            } else if nothing {
                view! { <p>"Le répertoire dit déjà la même chose."</p> }.into_any()
            } else {
                view! {
                    <Formulaire action=WriteImport::url()>
                        <input type="hidden" name="id" value=id/>
                        <div class="boutons">
                            <button type="submit" class="principal">"Importer"</button>
                            <a class="bouton discret" href=COLLECTIVITES>"Ne rien changer"</a>
                        </div>
                    </Formulaire>
                    <p class="aide">{format!("Tout est écrit, ou rien. Ce fichier est gardé jusqu’à {}.", heure(report.expire_le))}</p>
                }
                .into_any()
            }}
            {list("Refusées", report.refusees, report.exemples_refusees)}
            {list("Rectifiées (zéros perdus par le tableur)", report.rectifiees, report.exemples_rectifiees)}
            {list("À renommer", report.renommees, report.exemples_renommees)}
            {list("À changer", report.changees, report.exemples_changees)}
            {list("À ajouter", report.ajoutees, report.exemples_ajoutees)}
            <p class="seul"><a href=IMPORT>"Envoyer un autre fichier"</a></p>
        </Page>
    }
}
