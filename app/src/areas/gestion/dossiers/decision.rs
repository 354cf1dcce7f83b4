use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::decisions::{Refuse, Reopen, ResumeAccount, SuspendAccount, Validate};
use super::api::dossiers::ReadDossier;
use super::port::{Dossier, Motif};
use crate::areas::gestion::filtre_ici::filter_here;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::dossier_path;
use crate::base::refus::Refus;
use crate::base::routage::numero;
use crate::ui::{Aide, Formulaire, Page, Resume, champ_id, lire, parameters, query_error};

/// The fields of every form of a decision: the file, the version it was decided on, the list to come back to.
#[component]
pub fn Dossiers(id: i64, version: i64, retour: String) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=id/>
        <input type="hidden" name="version" value=version/>
        <input type="hidden" name="retour" value=retour/>
    }
}

#[component]
pub fn ConfirmerValidation(dossier: Dossier, retour: String) -> impl IntoView {
    let doubles = dossier.doublons.len();
    view! {
        <p>
            {format!("{} {} pourra se connecter, et recevra un courriel.", dossier.ligne.prenom, dossier.ligne.nom)}
        </p>
        {(doubles > 0).then(|| view! {
            <p class="etiquette-large">"Un autre compte lui ressemble\u{a0}: comparez-les avant de valider."</p>
        })}
        <Formulaire action=Validate::url()>
            <Dossiers id=dossier.ligne.id version=dossier.ligne.version retour/>
            <button type="submit" class="principal" autofocus>"Valider"</button>
        </Formulaire>
    }
}

/// The refusal of a decision: the end of its field's identifier, and the words that say what to do.
fn refused_decision() -> Option<(&'static str, String)> {
    let error = query_error().get()?;
    Some(match error.refus {
        Refus::Motif => ("motif", "Choisissez un motif\u{a0}: la personne a le droit de le connaître.".to_owned()),
        Refus::Message => ("message-suspension", "Dites à la personne pourquoi son compte est suspendu.".to_owned()),
        Refus::Remarque => (
            "remarques",
            "Écrivez au moins une remarque, sous le renseignement à revoir\u{a0}: la personne la lira à cet endroit."
                .to_owned(),
        ),
        _ => ("", error.message()),
    })
}

/// The refusal of a decision, if it is about this field.
pub(super) fn decision_error(field: &'static str) -> Signal<Option<String>> {
    let error = refused_decision().filter(|(at, _)| *at == field).map(|(_, text)| text);
    Signal::derive(move || error.clone())
}

/// The choice of a motive, and the gestionnaire's own words.
#[component]
pub fn ChoixMotif(motifs: Vec<Motif>) -> impl IntoView {
    let missing = decision_error("motif");
    let motif = champ_id("motif");
    let message = champ_id("message");
    view! {
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
    }
}

#[component]
pub fn ConfirmerRefus(id: i64, version: i64, motifs: Vec<Motif>, retour: String) -> impl IntoView {
    view! {
        <Formulaire action=Refuse::url()>
            <Dossiers id version retour/>
            <ChoixMotif motifs/>
            <button type="submit" class="danger">"Refuser"</button>
        </Formulaire>
    }
}

#[component]
pub fn ConfirmerReouverture(dossier: Dossier, retour: String) -> impl IntoView {
    view! {
        <p>"La demande revient dans la file, à valider. La personne n’est pas prévenue\u{a0}: elle le sera de la décision."</p>
        <Formulaire action=Reopen::url()>
            <Dossiers id=dossier.ligne.id version=dossier.ligne.version retour/>
            <button type="submit" class="principal">"Rouvrir"</button>
        </Formulaire>
    }
}

#[component]
pub fn ConfirmerSuspension(dossier: Dossier, retour: String) -> impl IntoView {
    let missing = decision_error("message-suspension");
    let message = champ_id("message-suspension");
    view! {
        <p>"La personne ne pourra plus se connecter, et ses connexions ouvertes se ferment. Elle reçoit votre message par courriel."</p>
        <Formulaire action=SuspendAccount::url()>
            <Dossiers id=dossier.ligne.id version=dossier.ligne.version retour/>
            <div class="champ long">
                <label for=message.clone()>"Message à la personne"</label>
                <Aide id=message.clone() conseil="Obligatoire\u{a0}: pourquoi, et que faire." erreur=missing/>
                <textarea id=message.clone() name="message" rows="4" maxlength="2000" required
                    aria-describedby=format!("{message}-aide {message}-erreur")></textarea>
            </div>
            {(!dossier.places.is_empty()).then(|| view! {
                <p>"Ce compte garde ses places, sauf si vous les libérez\u{a0}:"</p>
                <ul>{dossier.places.into_iter().map(|place| view! { <li>{place}</li> }).collect_view()}</ul>
                <div class="option">
                    <input type="checkbox" id="liberer" name="liberer" value="1"/>
                    <label for="liberer">"Libérer aussi ses places"</label>
                </div>
            })}
            <button type="submit" class="danger">"Suspendre"</button>
        </Formulaire>
    }
}

#[component]
pub fn ConfirmerRetablissement(dossier: Dossier, retour: String) -> impl IntoView {
    view! {
        <p>"La personne pourra de nouveau se connecter, et recevra un courriel."</p>
        <Formulaire action=ResumeAccount::url()>
            <Dossiers id=dossier.ligne.id version=dossier.ligne.version retour/>
            <button type="submit" class="principal">"Rétablir"</button>
        </Formulaire>
    }
}

/// The confirmation as a page, for a browser without script.
#[component]
pub fn PageValider() -> impl IntoView {
    confirmation("Valider", |dossier, _, retour| view! { <ConfirmerValidation dossier retour/> }.into_any())
}

/// The confirmation of a refusal as a page, for a browser without script.
#[component]
pub fn PageRefuser() -> impl IntoView {
    confirmation("Refuser", |dossier, motifs, retour| {
        view! { <ConfirmerRefus id=dossier.ligne.id version=dossier.ligne.version motifs retour/> }.into_any()
    })
}

#[component]
pub fn PageRouvrir() -> impl IntoView {
    confirmation("Rouvrir", |dossier, _, retour| view! { <ConfirmerReouverture dossier retour/> }.into_any())
}

#[component]
pub fn PageSuspendre() -> impl IntoView {
    confirmation("Suspendre", |dossier, _, retour| view! { <ConfirmerSuspension dossier retour/> }.into_any())
}

#[component]
pub fn PageRetablir() -> impl IntoView {
    confirmation("Rétablir", |dossier, _, retour| view! { <ConfirmerRetablissement dossier retour/> }.into_any())
}

/// A confirmation as a page: the file's name, and the form.
pub(super) fn confirmation(
    title: &'static str,
    form: impl Fn(Dossier, Vec<Motif>, String) -> AnyView + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let id = numero("id");
    let parametres = parameters();
    let file = lire(move || ReadDossier { id: id.get(), parametres: parametres.get() });
    lue(file, move |found| {
        let retour = filter_here();
        let refused = untrack(refused_decision);
        let wrong = refused.is_some();
        let summary: Vec<_> = refused.iter().map(|(field, text)| (champ_id(field), text.clone())).collect();
        let back = dossier_path(id.get_untracked(), &retour);
        let demande = found.map(|(dossier, motifs)| {
            let who = format!("{} {}", dossier.ligne.prenom, dossier.ligne.nom);
            let reference = dossier.ligne.reference.to_string();
            let form = form(dossier, motifs, retour.clone());
            view! {
                <p>{who}", "{reference}</p>
                {form}
            }
        });
        view! {
            <Page titre=title erreur=Signal::derive(move || wrong)>
                <Resume erreurs=summary/>
                {demande}
                <p class="seul"><a href=back>"Revenir à la demande"</a></p>
            </Page>
        }
        .into_any()
    })
}
