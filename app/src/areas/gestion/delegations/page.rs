use domain::formation::{DelegationSaisie, FauteDelegation};
use domain::valeurs::Telephone;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{
    ActivateDelegation, AddDelegation, ChangeDelegation, NoticeDelegations, ReadDelegation, ReadDelegations,
};
use super::port::DelegationGeree;
use crate::areas::gestion::avis::notice;
use crate::areas::gestion::lecture::trouvee;
use crate::base::adresses::DELEGATIONS;
use crate::base::refus::Refus;
use crate::base::routage::parametre;
use crate::ui::{Aide, Avis, Formulaire, Page, Resume, champ_id, invalide, lire, query_error, refus};

/// All the délégations, and the form of a new one.
#[component]
pub fn PageDelegations() -> impl IntoView {
    trouvee(lire(|| ReadDelegations {}), |delegations| {
        let fautes = fautes();
        let wrong = !fautes.is_empty();
        view! {
            <Page titre="Délégations" large=true erreur=Signal::derive(move || wrong)>
                {notice::<NoticeDelegations>()}
                <Resume erreurs=summary(&fautes)/>
                {refus(&[Refus::Saisie])}
                <p class="aide">"Une délégation organise des sessions. Les personnes lisent à qui écrire, et qui est le référent handicap."</p>
                {liste(delegations)}
                <section>
                    <h2>"Ajouter une délégation"</h2>
                    <Formulaire action=AddDelegation::url()>
                        {champs(DelegationSaisie::default(), &fautes)}
                        <button type="submit" class="principal">"Ajouter"</button>
                    </Formulaire>
                </section>
            </Page>
        }
        .into_any()
    })
}

fn liste(delegations: Vec<DelegationGeree>) -> AnyView {
    if delegations.is_empty() {
        return view! { <p>"Il n’y a pas encore de délégation."</p> }.into_any();
    }
    view! {
        <table aria-label="Délégations">
            <thead>
                <tr>
                    <th scope="col">"Nom"</th>
                    <th scope="col">"Courriel"</th>
                    <th scope="col">"Téléphone"</th>
                    <th scope="col">"Référent handicap"</th>
                    <th scope="col">"État"</th>
                </tr>
            </thead>
            <tbody>
                {delegations.into_iter().map(|delegation| {
                    let DelegationSaisie { nom, courriel, telephone, referent_nom, referent_courriel } = delegation.saisie;
                    let referent = [referent_nom, referent_courriel].into_iter().filter(|text| !text.is_empty());
                    view! {
                        <tr>
                            <td><a href=format!("{DELEGATIONS}/{}", delegation.id)>{nom}</a></td>
                            <td>{courriel}</td>
                            <td class="insecable">{Telephone::lisible(&telephone)}</td>
                            <td>{referent.collect::<Vec<_>>().join(", ")}</td>
                            <td>{if delegation.active { "active" } else { "désactivée" }}</td>
                        </tr>
                    }
                }).collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

/// One délégation: changed, deactivated.
#[component]
pub fn PageDelegation() -> impl IntoView {
    let id = parametre("id");
    trouvee(lire(move || ReadDelegation { id: id.get() }), |delegation| view! { <Fiche delegation/> }.into_any())
}

#[component]
fn Fiche(delegation: DelegationGeree) -> impl IntoView {
    let DelegationGeree { id, version, mut saisie, active } = delegation;
    let nom = saisie.nom.clone();
    saisie.telephone = Telephone::lisible(&saisie.telephone);
    let fautes = fautes();
    let stale = query_error().get_untracked().is_some_and(|error| error.refus == Refus::Perimee);
    let wrong = !fautes.is_empty();
    view! {
        <Page titre=nom erreur=Signal::derive(move || wrong)>
            {notice::<NoticeDelegations>()}
            <Resume erreurs=summary(&fautes)/>
            {refus(&[Refus::Saisie, Refus::Perimee])}
            {stale.then(|| view! {
                <Avis alerte=true>
                    <p>"Un collègue a modifié cette délégation entre-temps, et rien n’a été enregistré. Votre saisie est ci-dessous\u{a0}: vérifiez-la, puis enregistrez de nouveau."</p>
                </Avis>
            })}
            <Formulaire action=ChangeDelegation::url()>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="version" value=version/>
                {champs(saisie, &fautes)}
                <div class="boutons">
                    <button type="submit" class="principal">"Enregistrer"</button>
                    <a class="bouton discret" href=DELEGATIONS>"Revenir aux délégations"</a>
                </div>
            </Formulaire>
            <section>
                <h2>{if active { "Désactiver" } else { "Réactiver" }}</h2>
                <p>{if active {
                    "La délégation ne sera plus proposée pour une session. Les sessions qui la nomment la gardent."
                } else {
                    "La délégation sera de nouveau proposée."
                }}</p>
                <Formulaire action=ActivateDelegation::url()>
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="version" value=version/>
                    <input type="hidden" name="active" value=(!active).to_string()/>
                    <button type="submit" class=if active { "danger" } else { "" }>
                        {if active { "Désactiver" } else { "Réactiver" }}
                    </button>
                </Formulaire>
            </section>
        </Page>
    }
}

/// The faults that the address of the page names.
fn fautes() -> Vec<FauteDelegation> {
    let codes = use_query_map().with_untracked(|query| query.get("champs").unwrap_or_default());
    codes.split('-').filter_map(FauteDelegation::from_code).collect()
}

fn summary(fautes: &[FauteDelegation]) -> Vec<(String, String)> {
    fautes.iter().map(|faute| (champ_id(faute.champ()), faute.label().to_owned())).collect()
}

/// The fields of the form: name, label, hint, kind.
const CHAMPS: [(&str, &str, &str, &str); 5] = [
    ("nom", "Nom", "80 caractères au plus.", "text"),
    ("courriel", "Courriel", "Les personnes peuvent y écrire.", "email"),
    ("telephone", "Téléphone", "10 chiffres, ou + et l’indicatif du pays.", "tel"),
    ("referent_nom", "Référent handicap (facultatif)", "Son nom.", "text"),
    ("referent_courriel", "Courriel du référent handicap (facultatif)", "", "email"),
];

fn champs(saisie: DelegationSaisie, fautes: &[FauteDelegation]) -> impl IntoView + use<> {
    let DelegationSaisie { nom, courriel, telephone, referent_nom, referent_courriel } = saisie;
    let values = [nom, courriel, telephone, referent_nom, referent_courriel];
    let champ =
        |((name, label, hint, kind), value): ((&'static str, &'static str, &'static str, &'static str), String)| {
            let id = champ_id(name);
            let message = fautes.iter().find(|faute| faute.champ() == name).map(|faute| faute.label().to_owned());
            let erreur = Signal::derive(move || message.clone());
            let described = if hint.is_empty() { format!("{id}-erreur") } else { format!("{id}-aide {id}-erreur") };
            view! {
                <div class="champ long">
                    <label for=id.clone()>{label}</label>
                    <Aide id=id.clone() conseil=hint erreur/>
                    <input type=kind id=id name=format!("delegation[{name}]") value=value autocomplete="off"
                        aria-describedby=described aria-invalid=invalide(erreur)/>
                </div>
            }
        };
    CHAMPS.into_iter().zip(values).map(champ).collect_view()
}
