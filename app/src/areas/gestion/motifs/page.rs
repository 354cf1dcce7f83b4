use domain::motif::VARIABLES;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{ActivateMotif, NoticeMotifs, ReadMotif, ReadMotifs, SaveMotif};
use super::port::{EditionMotif, MotifGere, MotifRefuse};
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::MOTIFS;
use crate::base::refus::Refus;
use crate::base::routage::parametre;
use crate::ui::{Aide, Formulaire, Page, Resume, champ_id, lire, query_error, refus};

/// The library of motives, and how much each serves.
#[component]
pub fn PageMotifs() -> impl IntoView {
    lue(lire(|| ReadMotifs {}), |motifs| {
        view! {
            <Page titre="Motifs de refus" large=true>
                {notice::<NoticeMotifs>()}
                {refus(&[])}
                <p><a class="bouton principal" href=format!("{MOTIFS}/nouveau")>"Ajouter un motif"</a></p>
                <table aria-label="Motifs">
                    <thead>
                        <tr>
                            <th scope="col">"Motif"</th>
                            <th scope="col">"État"</th>
                            <th scope="col" class="nombre">"Refus"</th>
                            <th scope="col" class="nombre">"Depuis 90 jours"</th>
                            <th scope="col"><span class="hors-ecran">"Action"</span></th>
                        </tr>
                    </thead>
                    <tbody>{motifs.into_iter().map(rang).collect_view()}</tbody>
                </table>
            </Page>
        }
        .into_any()
    })
}

fn rang(motif: MotifGere) -> impl IntoView {
    let (state, action) = if motif.actif { ("Actif", "Désactiver") } else { ("Désactivé", "Activer") };
    view! {
        <tr>
            <td><a href=format!("{MOTIFS}/{}", motif.id)>{motif.libelle.clone()}</a></td>
            <td>{state}</td>
            <td class="nombre" data-nom="Refus">{motif.utilisations}</td>
            <td class="nombre" data-nom="Depuis 90 jours">{motif.recentes}</td>
            <td>
                <Formulaire action=ActivateMotif::url() class="en-ligne">
                    <input type="hidden" name="id" value=motif.id/>
                    <input type="hidden" name="actif" value=(!motif.actif).to_string()/>
                    <button type="submit" aria-label=format!("{action} «\u{a0}{}\u{a0}»", motif.libelle)>{action}</button>
                </Formulaire>
            </td>
        </tr>
    }
}

/// One motive: its wording, and the mail it makes.
#[component]
pub fn PageMotif() -> impl IntoView {
    let id = parametre("id");
    lue(lire(move || ReadMotif { id: id.get() }), |edition| match edition {
        Some(edition) => view! { <Edition edition/> }.into_any(),
        None => view! {
            <Page titre="Ce texte n’existe plus">
                <p>"Un collègue l’a peut-être changé."</p>
                <p><a class="bouton" href=MOTIFS>"Revenir aux motifs"</a></p>
            </Page>
        }
        .into_any(),
    })
}

#[component]
fn Edition(edition: EditionMotif) -> impl IntoView {
    let EditionMotif { motif, saisi, brouillon, refus: wrong, apercu } = edition;
    let asked = query_error().get_untracked().is_some();
    let (libelle, texte) = (champ_id("libelle"), champ_id("texte"));
    let message = wrong.as_ref().map(MotifRefuse::message);
    let at_libelle = wrong == Some(MotifRefuse::Libelle);
    let of_libelle = message.clone().filter(|_| at_libelle);
    let of_texte = message.clone().filter(|_| !at_libelle);
    let summary: Vec<_> =
        message.into_iter().map(|text| (if at_libelle { libelle.clone() } else { texte.clone() }, text)).collect();
    let refused = asked && !summary.is_empty();
    let shown = brouillon || motif.is_some();
    view! {
        <Page titre=if motif.is_some() { "Modifier un motif" } else { "Ajouter un motif" } erreur=Signal::derive(move || refused)>
            {refused.then(|| view! { <Resume erreurs=summary.clone()/> })}
            {refus(&[Refus::Saisie])}
            {motif.as_ref().map(|motif| view! {
                <p class="aide">{format!("Ce motif a servi à {} refus. Ils gardent leur texte.", motif.utilisations)}</p>
            })}
            <Formulaire action=SaveMotif::url()>
                <input type="hidden" name="id" value=motif.as_ref().map(|motif| motif.id.to_string()).unwrap_or_default()/>
                <div class="champ long">
                    <label for=libelle.clone()>"Libellé"</label>
                    <Aide id=libelle.clone() conseil="Pour les gestionnaires, dans la liste des motifs." erreur=Signal::derive(move || of_libelle.clone())/>
                    <input type="text" id=libelle.clone() name="libelle" value=saisi.libelle maxlength="100"
                        aria-describedby=format!("{libelle}-aide {libelle}-erreur")/>
                </div>
                <div class="champ long">
                    <label for=texte.clone()>"Texte pour la personne"</label>
                    <Aide id=texte.clone() conseil="Entre accolades, ces variables sont remplacées dans chaque courriel." erreur=Signal::derive(move || of_texte.clone())/>
                    <p class="aide">{VARIABLES.map(|name| format!("{{{name}}}")).join("  ")}</p>
                    <textarea id=texte.clone() name="texte" rows="12" maxlength="4000"
                        aria-describedby=format!("{texte}-aide {texte}-erreur")>{saisi.texte}</textarea>
                </div>
                <div class="boutons">
                    <button type="submit" name="faire" value="enregistrer" class="principal">"Enregistrer"</button>
                    <button type="submit" name="faire" value="voir">"Voir le courriel"</button>
                    <a class="bouton discret" href=MOTIFS>"Revenir aux motifs"</a>
                </div>
            </Formulaire>
            {shown.then(|| view! {
                <section id="apercu" class="apercu">
                    <h2>"Le courriel"</h2>
                    <p class="aide">"À une personne imaginaire, avec le texte ci-dessus."</p>
                    <p><strong>{apercu.sujet}</strong></p>
                    <p class="message">{apercu.texte}</p>
                </section>
            })}
        </Page>
    }
}
