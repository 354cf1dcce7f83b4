//! What the pages that import a file share: the field of the file, what is wrong with it, the lines of a report.

use leptos::prelude::*;

use crate::areas::gestion::filtres::groupe;
use crate::base::refus::Refus;
use crate::ui::{Aide, champ_id, query_error};

/// The refusals that [`refused_file`] tells at the field.
pub const REFUS_DU_FICHIER: [Refus; 4] = [Refus::Vide, Refus::Classeur, Refus::Lourd, Refus::Expire];

/// Why the file that was sent is refused.
pub fn refused_file() -> Option<&'static str> {
    query_error().get_untracked().and_then(|error| match error.refus {
        Refus::Vide => Some("Choisissez un fichier CSV."),
        Refus::Classeur => Some(
            "Ce fichier est un classeur (.xlsx, .xls ou .ods)\u{a0}: enregistrez-le au format CSV UTF-8, puis envoyez-le de nouveau.",
        ),
        Refus::Lourd => Some("Ce fichier dépasse 8\u{a0}Mio\u{a0}: coupez-le en deux."),
        Refus::Expire => Some("Ce fichier n’est plus gardé, ou il est déjà importé\u{a0}: envoyez-le de nouveau."),
        _ => None,
    })
}

/// The id of the field.
pub fn id_du_fichier() -> String {
    champ_id("fichier")
}

/// The field of the file.
pub fn champ_du_fichier(conseil: &'static str, message: Option<&'static str>) -> impl IntoView {
    let id = id_du_fichier();
    let erreur = Signal::derive(move || message.map(str::to_owned));
    view! {
        <div class="champ long">
            <label for=id.clone()>"Fichier"</label>
            <Aide id=id.clone() conseil erreur/>
            <input type="file" id=id.clone() name="fichier" accept=".csv,.txt,text/csv,text/plain"
                aria-describedby=format!("{id}-aide {id}-erreur")/>
        </div>
    }
}

/// A part of a report: how many lines, and the first of them. `None` when there is none.
pub fn partie(title: &'static str, count: u64, shown: Vec<String>) -> Option<AnyView> {
    let more = count - shown.len() as u64;
    (count > 0).then(|| {
        view! {
            <section>
                <h2>{format!("{title}\u{a0}: {}", groupe(count))}</h2>
                <ul>
                    {shown.into_iter().map(|said| view! { <li>{said}</li> }).collect_view()}
                    {(more > 0).then(|| view! { <li>{format!("et {} autres.", groupe(more))}</li> })}
                </ul>
            </section>
        }
        .into_any()
    })
}

/// Lines with their number.
pub fn lignes(shown: Vec<(u64, String)>) -> Vec<String> {
    shown.into_iter().map(|(line, said)| format!("ligne {line}\u{a0}: {said}")).collect()
}

/// That the file was read as Excel writes it.
pub fn lu_en_windows(windows: bool) -> Option<impl IntoView> {
    windows.then(|| view! {
        <p class="note">"Ce fichier n’est pas en UTF-8\u{a0}: il est lu en Windows-1252, comme Excel l’enregistre. Vérifiez les accents ci-dessous."</p>
    })
}
