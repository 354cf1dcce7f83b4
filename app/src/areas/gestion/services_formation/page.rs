use domain::collectivite::Collectivite;
use domain::instant::en_clair;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{DisableService, InviteService, NoticeServicesFormation, ReadServices};
use crate::areas::acces::ServiceFormationInvite;
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{SERVICES_FORMATION, encode};
use crate::base::refus::Refus;
use crate::ui::{Aide, Formulaire, Page, Resume, champ_id, invalide, lire, query_error, refus, summary_of};

/// The services formation that present the agents of each collectivité (cas 1), for administrateurs.
#[component]
pub fn PageServicesFormation() -> impl IntoView {
    let query = use_query_map();
    let typed = Memo::new(move |_| query.with(|query| query.get("collectivite").unwrap_or_default()));
    lue(lire(move || ReadServices { texte: typed.get() }), move |(known, named)| {
        let refused = query_error().get_untracked();
        let wrong =
            refused.is_some_and(|error| matches!(error.refus, Refus::Adresse | Refus::Collectivite | Refus::Generique));
        let none = known.is_empty();
        view! {
            <Page titre="Services formation" large=true erreur=Signal::derive(move || wrong)>
                {notice::<NoticeServicesFormation>()}
                {refus(&[Refus::Adresse, Refus::Collectivite, Refus::Generique])}
                {if none {
                    view! { <p>"Aucun service formation n’est encore invité."</p> }.into_any()
                } else {
                    view! {
                        <table aria-label="Services formation">
                            <thead>
                                <tr>
                                    <th scope="col">"Collectivité"</th>
                                    <th scope="col">"Adresse"</th>
                                    <th scope="col">"État"</th>
                                    <th scope="col">"Dernière connexion"</th>
                                    <th scope="col">"Actions"</th>
                                </tr>
                            </thead>
                            <tbody>{known.into_iter().map(rang).collect_view()}</tbody>
                        </table>
                    }
                    .into_any()
                }}
                <Inviter typed=typed.get_untracked() named/>
            </Page>
        }
        .into_any()
    })
}

fn rang(service: ServiceFormationInvite) -> impl IntoView {
    let etat = match (service.desactive_le, service.accepte_le) {
        (Some(_), _) => "désactivé",
        (None, Some(_)) => "actif",
        (None, None) => "invitation en attente",
    };
    let alive = service.desactive_le.is_none();
    let connexions = format!("Fermer les connexions\u{a0}: {}", service.courriel);
    let said = format!("Désactiver\u{a0}: {}", service.courriel);
    view! {
        <tr>
            <td>{service.collectivite}</td>
            <td>{service.courriel}</td>
            <td>{etat}</td>
            <td data-nom="Dernière connexion">{service.derniere_connexion.map_or_else(|| "jamais".to_owned(), en_clair)}</td>
            <td class="actions">
                {(etat == "actif").then(|| view! {
                    <a class="bouton" href=format!("{SERVICES_FORMATION}/{}/connexions", service.id) aria-label=connexions>
                        "Fermer les connexions"
                    </a>
                })}
                {alive.then(|| view! {
                    <Formulaire action=DisableService::url() class="en-ligne">
                        <input type="hidden" name="id" value=service.id/>
                        <button type="submit" aria-label=said>"Désactiver"</button>
                    </Formulaire>
                })}
            </td>
        </tr>
    }
}

#[component]
fn Inviter(typed: String, named: Vec<Collectivite>) -> impl IntoView {
    let refused = query_error();
    let of = move |words: &'static [(Refus, &'static str)]| {
        Signal::derive(move || {
            let error = refused.get()?;
            words.iter().find(|(refus, _)| *refus == error.refus).map(|(_, text)| (*text).to_owned())
        })
    };
    let several = named.len() > 1;
    let wrong_place = of(&[
        (
            Refus::Collectivite,
            "Aucune collectivité ne porte ce nom, ou plusieurs\u{a0}: donnez sa clé, par exemple COMMUNE:31555.",
        ),
        (Refus::Generique, "L’employeur générique n’a pas de service formation\u{a0}: choisissez une collectivité."),
    ]);
    let wrong_address = of(&[(Refus::Adresse, "Saisissez une adresse complète, par exemple nom@exemple.fr.")]);
    let (places, addresses) = (summary_of("collectivite", wrong_place), summary_of("courriel", wrong_address));
    let summary = Signal::derive(move || [places.get(), addresses.get()].concat());
    let (place, address) = (champ_id("collectivite"), champ_id("courriel"));
    view! {
        <section>
            <h2>"Inviter un service formation"</h2>
            <p>"Il présentera les agents de sa collectivité, et d’aucune autre. L’inviter de nouveau remplace ses liens, et sa collectivité si elle change."</p>
            {several.then(|| view! {
                <p role="status">"Plusieurs collectivités portent ce nom. Laquelle\u{a0}?"</p>
                <ul class="trouvees">
                    {named.iter().map(|found| {
                        let href = format!("{SERVICES_FORMATION}?collectivite={}", encode(&found.cle.to_string()));
                        view! { <li><a href=href>{found.line()}</a></li> }
                    }).collect_view()}
                </ul>
            })}
            <Resume erreurs=summary/>
            <Formulaire action=InviteService::url()>
                <div class="champ moyen">
                    <label for=place.clone()>"Collectivité"</label>
                    <Aide id=place.clone() conseil="Son nom, ou sa clé." erreur=wrong_place/>
                    <input type="text" id=place.clone() name="collectivite" value=typed autocomplete="off"
                        aria-describedby=format!("{place}-aide {place}-erreur")
                        aria-invalid=invalide(wrong_place)/>
                </div>
                <div class="champ moyen">
                    <label for=address.clone()>"Adresse de messagerie"</label>
                    <Aide id=address.clone() conseil="Le service y reçoit un lien pour choisir son mot de passe." erreur=wrong_address/>
                    <input type="email" id=address.clone() name="courriel" autocomplete="off" spellcheck="false"
                        aria-describedby=format!("{address}-aide {address}-erreur")
                        aria-invalid=invalide(wrong_address)/>
                </div>
                <div class="boutons"><button type="submit" class="principal">"Inviter"</button></div>
            </Formulaire>
        </section>
    }
}
