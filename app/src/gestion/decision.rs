use domain::ports::{Dossier, Motif};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::cadre::Cadre;
use crate::api::gestion::{Refuse, Validate, read_dossier};
use crate::gestion::DEMANDES;
use crate::ui::{Aide, Attente, Avis, Page, champ_id, query_error};

#[component]
pub fn ConfirmerValidation(id: i64, version: i64, action: ServerAction<Validate>) -> impl IntoView {
    view! {
        <p>"Le compte sera actif tout de suite, et la personne prévenue par courriel."</p>
        <ActionForm action>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version/>
            <button type="submit" class="principal">"Valider"</button>
        </ActionForm>
    }
}

#[component]
pub fn ConfirmerRefus(id: i64, version: i64, motifs: Vec<Motif>, action: ServerAction<Refuse>) -> impl IntoView {
    let refused = query_error();
    let missing = Signal::derive(move || {
        refused
            .get()
            .filter(|error| error.code == "motif")
            .map(|_| "Choisissez un motif\u{a0}: la personne a le droit de le connaître.".to_owned())
    });
    let motif = champ_id("motif");
    let message = champ_id("message");
    view! {
        <ActionForm action attr:novalidate=true>
            <input type="hidden" name="id" value=id/>
            <input type="hidden" name="version" value=version/>
            <div class="champ long">
                <label for=motif.clone()>"Motif"</label>
                <Aide id=motif.clone() conseil="Obligatoire. La personne reçoit le texte du motif." erreur=missing/>
                <select id=motif.clone() name="motif" aria-describedby=format!("{motif}-aide {motif}-erreur") required>
                    <option value="">"Choisissez un motif"</option>
                    {motifs.into_iter().map(|known| view! {
                        <option value=known.id.to_string()>{known.libelle}</option>
                    }).collect_view()}
                </select>
            </div>
            <div class="champ long">
                <label for=message.clone()>"Message à la personne"</label>
                <Aide id=message.clone() conseil="Facultatif. Il s’ajoute au motif."/>
                <textarea id=message.clone() name="message" rows="4" maxlength="2000"
                    aria-describedby=format!("{message}-aide")></textarea>
            </div>
            <button type="submit" class="danger">"Refuser"</button>
        </ActionForm>
    }
}

/// The confirmation as a page, for a browser without WebAssembly.
#[component]
pub fn PageValider() -> impl IntoView {
    let action = ServerAction::<Validate>::new();
    confirmation("Valider", move |dossier, _| {
        view! { <ConfirmerValidation id=dossier.ligne.id version=dossier.version action/> }.into_any()
    })
}

/// The same, for a refusal.
#[component]
pub fn PageRefuser() -> impl IntoView {
    let action = ServerAction::<Refuse>::new();
    confirmation("Refuser", move |dossier, motifs| {
        view! { <ConfirmerRefus id=dossier.ligne.id version=dossier.version motifs action/> }.into_any()
    })
}

/// A confirmation as a page: the file's name, and the form.
pub(super) fn confirmation(
    title: &'static str,
    form: impl Fn(Dossier, Vec<Motif>) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get("id").and_then(|id| id.parse::<i64>().ok()).unwrap_or_default())
    });
    let file = Resource::new_blocking(move || id.get(), read_dossier);
    view! {
        <Transition fallback=Attente>
            {move || Suspend::new(async move {
                match file.await {
                    Ok(Some(vue)) => {
                        let back = format!("{DEMANDES}/{}", id.get_untracked());
                        view! {
                            <Cadre qui=vue.qui>
                                <Page titre=title>
                                    {vue.contenu.map(|(dossier, motifs)| {
                                        let who = format!("{} {}", dossier.ligne.prenom, dossier.ligne.nom);
                                        view! {
                                            <p>{who}", "{dossier.ligne.reference.to_string()}</p>
                                            {form(dossier, motifs)}
                                        }
                                    })}
                                    <p class="seul"><a href=back>"Revenir à la demande"</a></p>
                                </Page>
                            </Cadre>
                        }
                        .into_any()
                    }
                    Ok(None) => view! { <Attente/> }.into_any(),
                    Err(error) => view! { <Avis alerte=true><p>{error.to_string()}</p></Avis> }.into_any(),
                }
            })}
        </Transition>
    }
}
