use domain::collectivite::TypeCollectivite;
use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{
    AddCollectivite, ArchiveCollectivite, NoticeCollectivite, ReadCollectivite, ReadCollectivites, RenameCollectivite,
};
use super::port::EntreeRepertoire;
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::filtres::groupe;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{COLLECTIVITES, IMPORT};
use crate::base::refus::Refus;
use crate::base::routage::parametre;
use crate::ui::{Aide, Avis, Formulaire, Page, Resume, champ_id, chercher, lire, query_error, refus};

/// The directory: a search, and the actions on its entries.
#[component]
pub fn PageCollectivites() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    lue(lire(move || ReadCollectivites { q: asked.get() }), move |found| {
        let typed = asked.get_untracked();
        let nothing = found.is_empty();
        let field = champ_id("q");
        view! {
            <Page titre="Collectivités" large=true>
                {importe()}
                {refus(&[])}
                <div class="boutons">
                    <a class="bouton" href=format!("{COLLECTIVITES}/nouvelle")>"Ajouter une collectivité"</a>
                    <a class="bouton" href=IMPORT>"Importer un fichier"</a>
                </div>
                <form method="get" action=COLLECTIVITES class="filtres" role="search" on:submit=chercher()>
                    <div class="champ moyen">
                        <label for=field.clone()>"Nom, code postal ou SIREN"</label>
                        <input type="search" id=field name="q" value=typed.clone()/>
                    </div>
                    <button type="submit">"Chercher"</button>
                </form>
                {match (typed.trim().is_empty(), nothing) {
                    (true, _) => view! { <p>"Les archivées et les anciens noms sont cherchés aussi."</p> }.into_any(),
                    (_, true) => view! { <p role="status">"Aucune collectivité ne correspond."</p> }.into_any(),
                    _ => liste(found).into_any(),
                }}
            </Page>
        }
        .into_any()
    })
}

fn importe() -> impl IntoView {
    let query = use_query_map();
    let number = move |name: &'static str| query.with_untracked(|query| query.get(name)?.parse::<u64>().ok());
    number("ajoutees").map(|added| {
        let changed = number("changees").unwrap_or(0);
        let said = format!("Fichier importé\u{a0}: {} ajoutées, {} changées.", groupe(added), groupe(changed));
        view! { <Avis succes=true><p>{said}</p></Avis> }
    })
}

fn liste(found: Vec<EntreeRepertoire>) -> impl IntoView {
    view! {
        <table aria-label="Collectivités">
            <thead>
                <tr>
                    <th scope="col">"Nom"</th>
                    <th scope="col">"Type"</th>
                    <th scope="col">"Code"</th>
                    <th scope="col">"Codes postaux"</th>
                    <th scope="col" class="nombre">"Population"</th>
                    <th scope="col">"État"</th>
                </tr>
            </thead>
            <tbody>
                {found.into_iter().map(|entry| view! {
                    <tr>
                        <td>
                            <a href=format!("{COLLECTIVITES}/{}", entry.id)>{entry.nom.clone()}</a>
                            {anciennement(&entry)}
                        </td>
                        <td>{entry.cle.genre.label()}</td>
                        <td>{entry.cle.code}</td>
                        <td>{few(&entry.codes_postaux)}</td>
                        <td class="nombre" data-nom="Population">{groupe(u64::try_from(entry.population).unwrap_or(0))}</td>
                        <td>{entry.archivee_le.is_some().then_some("archivée")}</td>
                    </tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}

fn few(codes: &str) -> String {
    let all: Vec<&str> = codes.split_whitespace().collect();
    let shown = all.iter().take(3).copied().collect::<Vec<_>>().join(" ");
    if all.len() > 3 { format!("{shown} …") } else { shown }
}

fn anciennement(entry: &EntreeRepertoire) -> Option<impl IntoView + use<>> {
    let former = entry.anciens_noms.join(", ");
    (!former.is_empty()).then(|| view! { <span class="ancien">{format!("anciennement {former}")}</span> })
}

/// One entry: renamed, archived.
#[component]
pub fn PageCollectivite() -> impl IntoView {
    let id = parametre("id");
    lue(lire(move || ReadCollectivite { id: id.get() }), |entry| match entry {
        Some(entry) => view! { <Fiche entry/> }.into_any(),
        None => view! {
            <Page titre="Cette collectivité n’existe pas">
                <p><a class="bouton" href=COLLECTIVITES>"Revenir aux collectivités"</a></p>
            </Page>
        }
        .into_any(),
    })
}

#[component]
fn Fiche(entry: EntreeRepertoire) -> impl IntoView {
    let refused = query_error();
    let wrong = Signal::derive(move || {
        let is_name = refused.get().is_some_and(|error| error.refus == Refus::Nom);
        is_name.then(|| "Le nom a de 1 à 120 caractères, sur une ligne.".to_owned())
    });
    let field = champ_id("nom");
    let archived = entry.archivee_le;
    let former = anciennement(&entry);
    view! {
        <Page titre=entry.nom.clone() erreur=Signal::derive(move || wrong.get().is_some())>
            {notice::<NoticeCollectivite>()}
            {refus(&[Refus::Nom])}
            {former}
            <dl class="fiche">
                <div><dt>"Type"</dt><dd>{entry.cle.genre.label()}</dd></div>
                <div><dt>"Code"</dt><dd>{entry.cle.code.clone()}</dd></div>
                <div><dt>"SIREN"</dt><dd>{entry.siren.clone()}</dd></div>
                <div><dt>"Département"</dt><dd>{entry.departement.clone()}</dd></div>
                <div><dt>"Codes postaux"</dt><dd>{entry.codes_postaux.clone()}</dd></div>
                <div><dt>"Population"</dt><dd>{groupe(u64::try_from(entry.population).unwrap_or(0))}</dd></div>
                {archived.map(|at| view! { <div><dt>"Archivée"</dt><dd>{en_clair(at)}</dd></div> })}
            </dl>
            <section>
                <h2>"Renommer"</h2>
                <Formulaire action=RenameCollectivite::url()>
                    <input type="hidden" name="id" value=entry.id/>
                    <div class="champ long">
                        <label for=field.clone()>"Nouveau nom"</label>
                        <Aide id=field.clone() conseil="Le nom actuel trouvera encore la collectivité." erreur=wrong/>
                        <input type="text" id=field.clone() name="nom" value=entry.nom.clone() maxlength="120"
                            aria-describedby=format!("{field}-aide {field}-erreur")/>
                    </div>
                    <button type="submit">"Renommer"</button>
                </Formulaire>
            </section>
            <section>
                <h2>{if archived.is_some() { "Rétablir" } else { "Archiver" }}</h2>
                <p>{if archived.is_some() {
                    "La collectivité sera de nouveau proposée."
                } else {
                    "La collectivité ne sera plus proposée aux personnes qui s’inscrivent. Les comptes qui l’ont choisie la gardent."
                }}</p>
                <Formulaire action=ArchiveCollectivite::url()>
                    <input type="hidden" name="id" value=entry.id/>
                    <input type="hidden" name="archivee" value=archived.is_none().to_string()/>
                    <button type="submit" class=if archived.is_some() { "" } else { "danger" }>
                        {if archived.is_some() { "Rétablir" } else { "Archiver" }}
                    </button>
                </Formulaire>
            </section>
            <p class="seul"><a href=COLLECTIVITES>"Revenir aux collectivités"</a></p>
        </Page>
    }
}

/// The fields of a new entry: name, label, hint, message of a wrong value.
const FIELDS: [(&str, &str, &str, &str); 6] = [
    ("code", "Code", "INSEE pour une commune, SIREN sinon.", "Le code a de 1 à 20 lettres, chiffres ou tirets."),
    ("nom", "Nom", "", "Le nom a de 1 à 120 caractères, sur une ligne."),
    ("siren", "SIREN", "Facultatif.", "Ce SIREN n’est pas valable\u{a0}: vérifiez les 9 chiffres."),
    ("departement", "Département", "Par exemple 31, 2A ou 974.", "Le département a deux ou trois caractères."),
    ("codes_postaux", "Codes postaux", "Avec un espace entre deux.", "Chaque code postal comporte 5 chiffres."),
    (
        "population",
        "Population",
        "Facultatif\u{a0}: les plus peuplées viennent en premier.",
        "La population est un nombre entier.",
    ),
];

/// The form of a new entry. The address never holds the typed texts; after a refusal the server fills them in again.
#[component]
pub fn PageAjoutCollectivite() -> impl IntoView {
    let query = use_query_map();
    let page = lire(|| ReadCollectivites { q: String::new() });
    lue(page, move |_| {
        let wrong: Vec<String> = query.with_untracked(|query| {
            query.get("champs").map(|champs| champs.split('-').map(str::to_owned).collect()).unwrap_or_default()
        });
        let is_wrong = |name: &str| wrong.iter().any(|found| found == name);
        let messages: Vec<(String, String)> = FIELDS
            .iter()
            .filter(|(name, ..)| is_wrong(name))
            .map(|(name, _, _, message)| (champ_id(name), (*message).to_owned()))
            .chain(is_wrong("type").then(|| (champ_id("type"), "Choisissez un type.".to_owned())))
            .chain(
                is_wrong("siren_pris")
                    .then(|| (champ_id("siren"), "Ce SIREN est celui d’une autre entrée du répertoire.".to_owned())),
            )
            .chain(
                is_wrong("connue")
                    .then(|| (champ_id("code"), "Ce type et ce code sont déjà dans le répertoire.".to_owned())),
            )
            .collect();
        let refused = !messages.is_empty();
        let genre = champ_id("type");
        let told = messages.clone();
        let of = move |name: &str| {
            let id = champ_id(name);
            let found = told.iter().find(|(at, _)| *at == id).map(|(_, message)| message.clone());
            Signal::derive(move || found.clone())
        };
        view! {
            <Page titre="Ajouter une collectivité" erreur=Signal::derive(move || refused)>
                <Resume erreurs=messages.clone()/>
                {refus(&[Refus::Saisie])}
                <Formulaire action=AddCollectivite::url()>
                    <div class="champ moyen">
                        <label for=genre.clone()>"Type"</label>
                        <Aide id=genre.clone() erreur=of("type")/>
                        <select id=genre.clone() name="entree[type]" aria-describedby=format!("{genre}-erreur")>
                            <option value="">"Choisissez un type"</option>
                            {TypeCollectivite::ALL.map(|known| view! { <option value=known.code()>{known.label()}</option> }).collect_view()}
                        </select>
                    </div>
                    {FIELDS.map(|(name, label, hint, _)| {
                        let id = champ_id(name);
                        view! {
                            <div class=if name == "nom" { "champ long" } else { "champ moyen" }>
                                <label for=id.clone()>{label}</label>
                                <Aide id=id.clone() conseil=hint erreur=of(name)/>
                                <input type="text" id=id.clone() name=format!("entree[{name}]") aria-describedby=format!("{id}-aide {id}-erreur")/>
                            </div>
                        }
                    }).collect_view()}
                    <div class="boutons">
                        <button type="submit" class="principal">"Ajouter"</button>
                        <a class="bouton discret" href=COLLECTIVITES>"Revenir aux collectivités"</a>
                    </div>
                </Formulaire>
            </Page>
        }
        .into_any()
    })
}
