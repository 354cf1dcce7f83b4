use domain::instant::heure;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::import::{ReadImportFormations, WriteImportFormations};
use super::port::RapportFormations;
use crate::areas::gestion::fichier::{
    REFUS_DU_FICHIER, champ_du_fichier, id_du_fichier, lignes, lu_en_windows, partie, refused_file,
};
use crate::areas::gestion::filtres::groupe;
use crate::areas::gestion::lecture::trouvee;
use crate::base::adresses::{FICHIER_FORMATIONS, GESTION_FORMATIONS, IMPORT_FORMATIONS};
use crate::base::refus::Refus;
use crate::ui::{Formulaire, Page, Resume, lire, refus};

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
    let message = refused_file();
    let wrong = message.is_some();
    let summary: Vec<_> = message.map(|message| (id_du_fichier(), message.to_owned())).into_iter().collect();
    view! {
        <Page titre="Importer des sessions" erreur=Signal::derive(move || wrong)>
            <Resume erreurs=summary/>
            {refus(&REFUS_DU_FICHIER)}
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
                {champ_du_fichier("8\u{a0}Mio et 20\u{a0}000 lignes au plus. CSV ou « Texte Unicode », comme un tableur les enregistre\u{a0}; pas un classeur .xlsx.", message)}
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
    let said = |(lines, said): (String, String)| format!("{lines}\u{a0}: {said}");
    let creees = report.exemples_creees.into_iter().map(said).collect();
    view! {
        <Page titre="Ce que ce fichier ajouterait">
            {refus(&[Refus::Refuse])}
            <dl class="chiffres">
                <div><dt>"Lignes lues"</dt><dd>{groupe(report.lues)}</dd></div>
                <div><dt>"Sessions à ajouter"</dt><dd>{groupe(report.creees)}</dd></div>
                <div><dt>"Lignes refusées"</dt><dd>{groupe(report.refusees)}</dd></div>
            </dl>
            {lu_en_windows(report.windows)}
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
            {partie("Lignes refusées", report.refusees, lignes(report.exemples_refusees))}
            {partie("Sessions à ajouter", report.creees, creees)}
            <p class="seul"><a href=IMPORT_FORMATIONS>"Envoyer un autre fichier"</a></p>
        </Page>
    }
}
