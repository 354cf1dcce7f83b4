use domain::formation::EtatSessionFormation;
use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::formations::{
    CloseFormation, DuplicateFormation, NoticeFormations, PublishFormation, ReadFicheFormation,
};
use super::port::{FicheGestion, SeanceGeree};
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::lecture::trouvee;
use crate::areas::gestion::preinscriptions::silence;
use crate::base::adresses::{GESTION_FORMATIONS, formation_path, gestion_formation_sub_path};
use crate::base::routage::parametre;
use crate::ui::{Formulaire, Page, lire, refus};

/// A session: its figures, its texts, what can be done about it.
#[component]
pub fn PageFicheFormation() -> impl IntoView {
    let id = parametre("id");
    trouvee(lire(move || ReadFicheFormation { id: id.get() }), |fiche| view! { <Fiche fiche/> }.into_any())
}

#[component]
fn Fiche(fiche: FicheGestion) -> impl IntoView {
    let fermee = fiche.fermee_le.map(|at| format!("Préinscriptions fermées par un gestionnaire le {}.", en_clair(at)));
    let textes = fiche.textes.clone();
    let seances = fiche.seances.clone();
    view! {
        <Page titre=fiche.intitule.clone() large=true>
            {notice::<NoticeFormations>()}
            {refus(&[])}
            <p><span class="reference">{fiche.adresse.clone()}</span>" · "<strong>{fiche.phase.label()}</strong></p>
            {fermee.map(|said| view! { <p class="aide">{said}</p> })}
            <dl class="chiffres">
                <div><dt>"Places"</dt><dd>{fiche.places}</dd></div>
                <div><dt>"Retenues"</dt><dd>{fiche.occupees.saturating_sub(fiche.proposees)}</dd></div>
                <div><dt>"Proposées"</dt><dd>{fiche.proposees}</dd></div>
                <div><dt>"En attente"</dt><dd>{fiche.en_attente}</dd></div>
                <div><dt>"À examiner"</dt><dd>{fiche.a_examiner}</dd></div>
                <div><dt>"Avis attendus"</dt><dd>{fiche.avis}</dd></div>
            </dl>
            {fiche.silence.map(silence)}
            <Actions fiche/>
            <section>
                <h2>"Séances"</h2>
                {table(seances)}
            </section>
            <section>
                <h2>"Textes et règles"</h2>
                <dl class="fiche">
                    {textes.into_iter().map(|(name, text)| view! {
                        <div><dt>{name}</dt><dd class="message">{text}</dd></div>
                    }).collect_view()}
                </dl>
            </section>
            <p class="seul"><a href=GESTION_FORMATIONS>"Revenir aux sessions"</a></p>
        </Page>
    }
}

fn table(seances: Vec<SeanceGeree>) -> impl IntoView {
    view! {
        <table aria-label="Séances">
            <thead>
                <tr>
                    <th scope="col">"Date"</th>
                    <th scope="col">"Heures"</th>
                    <th scope="col">"Lieu"</th>
                    <th scope="col">"Lien"</th>
                </tr>
            </thead>
            <tbody>
                {seances.into_iter().map(|seance| view! {
                    <tr>
                        <td class="insecable">{seance.date}</td>
                        <td>{seance.heures}</td>
                        <td>{seance.lieu}</td>
                        <td>{seance.lien}</td>
                    </tr>
                }).collect_view()}
            </tbody>
        </table>
    }
}

/// The buttons of a session in its state.
#[component]
fn Actions(fiche: FicheGestion) -> impl IntoView {
    let FicheGestion { id, version, etat, fermee_le, adresse, .. } = fiche;
    let close = if fermee_le.is_some() { "Rouvrir les préinscriptions" } else { "Fermer les préinscriptions" };
    view! {
        <div class="boutons">
            <a class="bouton principal" href=gestion_formation_sub_path(id, "preinscriptions")>"Préinscriptions"</a>
            {(etat != EtatSessionFormation::Annulee).then(|| view! {
                <a class="bouton" href=gestion_formation_sub_path(id, "modifier")>"Modifier"</a>
            })}
            {(etat == EtatSessionFormation::Brouillon).then(|| view! {
                <Formulaire action=PublishFormation::url() class="en-ligne">
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="version" value=version/>
                    <button type="submit">"Publier"</button>
                </Formulaire>
            })}
            <Formulaire action=DuplicateFormation::url() class="en-ligne">
                <input type="hidden" name="id" value=id/>
                <button type="submit">"Dupliquer"</button>
            </Formulaire>
            {(etat == EtatSessionFormation::Publiee).then(|| view! {
                <Formulaire action=CloseFormation::url() class="en-ligne">
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="version" value=version/>
                    <input type="hidden" name="fermee" value=fermee_le.is_none().to_string()/>
                    <button type="submit">{close}</button>
                </Formulaire>
            })}
            {(etat != EtatSessionFormation::Brouillon).then(|| view! {
                <a class="bouton discret" href=formation_path(&adresse)>"Voir la page publique"</a>
            })}
        </div>
    }
}
