use domain::formation::EtatPreinscription;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{Deliberate, ReadDeliberation};
use super::port::{Essayee, Geste, LignePreinscription};
use crate::areas::gestion::dossiers::Motif;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{GESTION_FORMATIONS, gestion_formation_sub_path};
use crate::base::refus::Refus;
use crate::base::routage::numero;
use crate::ui::{Aide, Formulaire, Page, champ_id, lire, query_error, refus};

/// A bulk before it is done: what it would do, and who would be left out.
#[component]
pub fn PageDeliberation() -> impl IntoView {
    let id = numero("id");
    let query = use_query_map();
    let read = move |name: &'static str| query.with(|query| query.get(name).unwrap_or_default());
    let ids = Memo::new(move |_| query.with(|query| query.get_all("id").unwrap_or_default().join(",")));
    let essai =
        lire(move || ReadDeliberation { id: id.get(), geste: read("geste"), ids: ids.get(), combien: read("combien") });
    lue(essai, move |contenu| match contenu {
        Some((geste, essayees, motifs)) => {
            view! { <Deliberation id=id.get_untracked() geste essayees motifs/> }.into_any()
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
fn Deliberation(id: i64, geste: Geste, essayees: Vec<Essayee>, motifs: Vec<Motif>) -> impl IntoView {
    let (left_out, done): (Vec<Essayee>, Vec<Essayee>) = essayees.into_iter().partition(|one| one.exclusion.is_some());
    let rows: Vec<String> = done.iter().map(|one| format!("{}.{}", one.ligne.id, one.ligne.version)).collect();
    let from_list = done.iter().any(|one| one.ligne.etat == EtatPreinscription::ListeAttente);
    let said = match done.len() {
        0 => "Aucune de ces préinscriptions ne peut être décidée ainsi.".to_owned(),
        1 => "1 préinscription sera décidée.".to_owned(),
        count => format!("{count} préinscriptions seront décidées."),
    };
    let any = !done.is_empty();
    view! {
        <Page titre=geste.label() large=true>
            {refus(&[Refus::Motif, Refus::Cocher])}
            <p role="status">{said}" Rien n’est encore fait."</p>
            {(!left_out.is_empty()).then(|| view! {
                <section class="exceptions">
                    <h2>{format!("Laissées de côté\u{a0}: {}", left_out.len())}</h2>
                    <ul>
                        {left_out.into_iter().map(|one| {
                            let why = one.exclusion.map(|why| why.label()).unwrap_or_default();
                            view! { <li>{format!("{} {why}", one.ligne.nom)}</li> }
                        }).collect_view()}
                    </ul>
                </section>
            })}
            {any.then(|| view! {
                <table aria-label="Préinscriptions décidées">
                    <thead>
                        <tr>
                            <th scope="col" class="nombre">"Rang"</th>
                            <th scope="col">"Nom"</th>
                            <th scope="col">"État"</th>
                        </tr>
                    </thead>
                    <tbody>{done.into_iter().map(|one| decidee(one.ligne)).collect_view()}</tbody>
                </table>
                <Confirmer id geste lignes=rows.join(",") motifs from_list/>
            })}
            <p class="seul"><a href=gestion_formation_sub_path(id, "preinscriptions")>"Revenir aux préinscriptions"</a></p>
        </Page>
    }
}

fn decidee(ligne: LignePreinscription) -> impl IntoView {
    view! {
        <tr>
            <td class="nombre" data-nom="Rang">{ligne.rang}</td>
            <td>{ligne.nom}</td>
            <td>{ligne.etat.label()}</td>
        </tr>
    }
}

#[component]
fn Confirmer(id: i64, geste: Geste, lignes: String, motifs: Vec<Motif>, from_list: bool) -> impl IntoView {
    let refused = query_error();
    let wrong = move |refus: Refus, words: &'static str| {
        Signal::derive(move || refused.get().filter(|error| error.refus == refus).map(|_| words.to_owned()))
    };
    let (motif, accord, observation) = (champ_id("motif"), champ_id("accord"), champ_id("observation"));
    let without_motive = wrong(Refus::Motif, "Choisissez un motif\u{a0}: la personne a le droit de le connaître.");
    let without_accord = wrong(Refus::Cocher, "Dites que les personnes de la liste d’attente ont donné leur accord.");
    view! {
        <Formulaire action=Deliberate::url()>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="geste" value=geste.code()/>
            <input type="hidden" name="lignes" value=lignes/>
            {geste.needs_a_motive().then(|| view! {
                <div class="champ long">
                    <label for=motif.clone()>"Motif"</label>
                    <Aide id=motif.clone() conseil="Obligatoire. La personne reçoit le texte du motif." erreur=without_motive/>
                    <select id=motif.clone() name="motif" aria-describedby=format!("{motif}-aide {motif}-erreur")>
                        <option value="">"Choisissez un motif"</option>
                        {motifs.into_iter().map(|known| view! {
                            <option value=known.id.to_string()>{known.libelle}</option>
                        }).collect_view()}
                    </select>
                </div>
            })}
            {(geste == Geste::AvisDefavorable).then(|| view! {
                <div class="champ long">
                    <label for=observation.clone()>"Observation (lue par l’agent et le CNFPT)"</label>
                    <textarea id=observation name="observation" rows="3" maxlength="300"></textarea>
                </div>
            })}
            {(geste == Geste::Retenir && from_list).then(|| view! {
                <div class="champ">
                    <Aide id=accord.clone() erreur=without_accord/>
                    <div class="option">
                        <input type="checkbox" id=accord.clone() name="accord" value="1" aria-describedby=format!("{accord}-erreur")/>
                        <label for=accord.clone()>"Accord recueilli auprès des personnes en liste d’attente"</label>
                    </div>
                </div>
            })}
            <div class="boutons">
                <button type="submit" class=if geste.is_grave() { "danger" } else { "principal" }>"Confirmer"</button>
            </div>
        </Formulaire>
    }
}
