use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{NoticeCourriels, PauseCourriels, ReadCourriels, Requeue};
use super::port::{LigneCourriel, ListeCourriels, VoletCourriels};
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::cadre::Cadre;
use crate::areas::gestion::dossiers::port::EtatCourriel;
use crate::areas::gestion::filtres::groupe;
use crate::base::adresses::{COURRIELS, DEMANDES};
use crate::ui::{Formulaire, Page, lire, lu, refus};

/// The outbox.
#[component]
pub fn PageCourriels() -> impl IntoView {
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| (query.get("volet").unwrap_or_default(), query.get("apres").unwrap_or_default()))
    });
    let page = lire(move || {
        let (volet, apres) = asked.get();
        ReadCourriels { volet, apres }
    });
    lu(page, |vue| {
        let administrateur = vue.qui.administrateur;
        let page = vue.contenu;
        view! {
            <Cadre qui=vue.qui>
            <Page titre="Courriels" large=true>
                {notice::<NoticeCourriels>()}
                {refus(&[])}
                {contenu(page, administrateur)}
            </Page>
            </Cadre>
        }
        .into_any()
    })
}

fn contenu(page: ListeCourriels, administrateur: bool) -> impl IntoView {
    let ListeCourriels { volet: here, compteurs, lignes, suivante, pause } = page;
    let empty = lignes.is_empty();
    view! {
        {(administrateur && pause.is_none()).then(|| view! {
            <details class="seul">
                <summary>"Suspendre l’envoi"</summary>
                <p>
                    "Plus aucun courriel du service ne partira, ni lien d’activation, ni mot de passe perdu, ni décision, pendant "
                    "quatre heures au plus\u{a0}: l’envoi reprend alors de lui-même. Ceux qui s’accumulent partiront ensuite."
                </p>
                <Formulaire action=PauseCourriels::url()>
                    <button type="submit" class="danger">"Suspendre tous les courriels"</button>
                </Formulaire>
            </details>
        })}
        <nav class="volets" aria-label="Courriels">
            {VoletCourriels::ALL.into_iter().zip(compteurs).map(|(volet, count)| view! {
                <a href=format!("{COURRIELS}?volet={}", volet.code()) aria-current=(volet == here).then_some("true")>
                    {volet.label()}" "<span class="compte">{groupe(count)}</span>
                </a>
            }).collect_view()}
        </nav>
        {if empty {
            view! { <p>"Aucun courriel ici."</p> }.into_any()
        } else {
            view! {
                <table aria-label=here.label()>
                    <thead>
                        <tr>
                            <th scope="col">"Courriel"</th>
                            <th scope="col">"À"</th>
                            <th scope="col">"Demande"</th>
                            <th scope="col">"État"</th>
                            <th scope="col" class="nombre">"Envois"</th>
                            {(here == VoletCourriels::Abandonnes).then(|| view! { <th scope="col"><span class="hors-ecran">"Action"</span></th> })}
                        </tr>
                    </thead>
                    <tbody>{lignes.into_iter().map(rang).collect_view()}</tbody>
                </table>
            }
            .into_any()
        }}
        {suivante.map(|key| view! {
            <nav class="boutons" aria-label="Pages">
                <a class="bouton" rel="next" href=format!("{COURRIELS}?volet={}&apres={key}", here.code())>"Page suivante"</a>
            </nav>
        })}
    }
}

fn rang(ligne: LigneCourriel) -> impl IntoView {
    let at = en_clair(ligne.le);
    let (words, again) = match ligne.etat {
        EtatCourriel::EnFile => (format!("demandé le {at}"), false),
        EtatCourriel::Remis => (format!("remis le {at}"), false),
        EtatCourriel::Differe { pourquoi, prochain_envoi_le } => {
            (format!("{pourquoi}. Prochain envoi le {}", en_clair(prochain_envoi_le)), false)
        }
        EtatCourriel::Abandonne { pourquoi } => (format!("{pourquoi}. Demandé le {at}"), ligne.renvoyable),
    };
    let said = format!("Renvoyer\u{a0}: {}", ligne.quoi);
    view! {
        <tr>
            <td>{ligne.quoi}</td>
            <td>{ligne.destinataire.unwrap_or_else(|| "adresse corrigée depuis".to_owned())}</td>
            <td class="reference">{ligne.dossier.map(|(id, reference)| view! {
                <a href=format!("{DEMANDES}/{id}")>{reference.to_string()}</a>
            })}</td>
            <td>{words}</td>
            <td class="nombre" data-nom="Envois">{ligne.envois}</td>
            {again.then(|| view! {
                <td>
                    <Formulaire action=Requeue::url() class="en-ligne">
                        <input type="hidden" name="id" value=ligne.id/>
                        <button type="submit" aria-label=said>"Renvoyer"</button>
                    </Formulaire>
                </td>
            })}
        </tr>
    }
}
