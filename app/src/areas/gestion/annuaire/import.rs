use domain::instant::heure;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{ReadImport, WriteImport};
use super::port::RapportImport;
use crate::areas::gestion::fichier::{
    REFUS_DU_FICHIER, champ_du_fichier, id_du_fichier, lignes, lu_en_windows, partie, refused_file,
};
use crate::areas::gestion::filtres::groupe;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{COLLECTIVITES, FICHIER, IMPORT};
use crate::base::refus::Refus;
use crate::ui::{Formulaire, Page, Resume, lire, refus};

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
    let message = refused_file();
    let wrong = message.is_some();
    let summary: Vec<_> = message.map(|message| (id_du_fichier(), message.to_owned())).into_iter().collect();
    view! {
        <Page titre="Importer un fichier" erreur=Signal::derive(move || wrong)>
            <Resume erreurs=summary/>
            {refus(&REFUS_DU_FICHIER)}
            <p>"Un fichier CSV, avec des virgules, des points-virgules ou des tabulations, dont la première ligne nomme les colonnes\u{a0}:"</p>
            <p><code>"type, code, nom, siren, departement, codes_postaux, population"</code></p>
            <p class="aide">"Le type et le code désignent une collectivité. Une collectivité absente du fichier ne change pas. Rien n’est écrit avant que vous ayez vu ce qui changerait."</p>
            <form action=FICHIER method="post" enctype="multipart/form-data" novalidate=true>
                {champ_du_fichier("8\u{a0}Mio au plus. CSV ou « Texte Unicode », comme un tableur les enregistre\u{a0}; pas un classeur .xlsx.", message)}
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
            {lu_en_windows(report.windows)}
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
            {partie("Refusées", report.refusees, lignes(report.exemples_refusees))}
            {partie("Rectifiées (zéros perdus par le tableur)", report.rectifiees, lignes(report.exemples_rectifiees))}
            {partie("À renommer", report.renommees, lignes(report.exemples_renommees))}
            {partie("À changer", report.changees, lignes(report.exemples_changees))}
            {partie("À ajouter", report.ajoutees, lignes(report.exemples_ajoutees))}
            <p class="seul"><a href=IMPORT>"Envoyer un autre fichier"</a></p>
        </Page>
    }
}
