use domain::saisie::marks;
use domain::{BrouillonEnCours, Etape};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::etapes::EtapesAgent;
use crate::areas::inscription::forward;
use crate::areas::service_formation::api::SaveAgentTab;
use crate::areas::service_formation::cadre::Cadre;
use crate::base::adresses::onglet_path;
use crate::base::refus::Refus;
use crate::base::routage::Recherche;
use crate::onglet::{COMMUNES, Champ, Relecture, RemarqueDuChamp, sous_titres};
use crate::ui::{Avis, ErrorCode, PageRendue, Resume, champ_id};

/// One of the six tabs, filled in for an agent.
pub fn page(
    id: String,
    etape: Etape,
    draft: BrouillonEnCours,
    communes: Vec<String>,
    recherche: &Recherche,
) -> PageRendue {
    let verify = recherche.get("verifier").is_some();
    let retour = recherche.get("retour").unwrap_or_default();
    let refus = ErrorCode::read(|name| recherche.get(name));
    let ctx = draft.contexte();
    let collectivite = draft.collectivite.as_ref().map(|collectivite| collectivite.line()).unwrap_or_default();
    let brouillon = draft.brouillon.clone();
    let onglet = brouillon.onglet(etape);
    let specs = onglet.specs();
    let errors: Vec<(String, String)> = if verify { onglet.errors(&ctx) } else { Vec::new() }
        .into_iter()
        .map(|(at, error)| (champ_id(specs[at].name), error.to_string()))
        .collect();
    let has_errors = !errors.is_empty();
    let marques = marks(onglet, &ctx);
    let typed = RwSignal::new(brouillon.clone());
    let proposed = signal(communes.clone());
    // The proposals beside a field need WebAssembly, so there are none.
    let remarque_du_champ = || RemarqueDuChamp { remarque: None, avant: String::new() };
    let fields = (0..specs.len())
        .filter(|at| onglet.asked(*at, &ctx))
        .map(|at| {
            let field = view! {
                <Champ etape at initial=brouillon.clone() draft=typed contexte=ctx communes=proposed pour_autrui=true
                    shown=Signal::derive(move || verify) remarque_du_champ=remarque_du_champ()/>
            };
            (specs[at].groupe(), field.into_any())
        })
        .collect();
    let last = etape.next().is_none();
    let next = forward(etape, &retour);
    let contenu = view! {
                <div class="assistant">
                    <EtapesAgent id=id.clone() current=etape draft=draft.clone()/>
                    <div class="saisie">
                        <p class="compteur">{format!("Étape {} sur {}", etape.number(), Etape::ALL.len())}</p>
                        <Resume erreurs=errors/>
                        {refus.map(|error| view! {
                            <Avis alerte=true>
                                <p>{match error.refus {
                                    Refus::Fois => "Vous avez déjà présenté trois fois cette adresse en 24 heures\u{a0}: vérifiez-la, ou réessayez demain.".to_owned(),
                                    _ => error.message(),
                                }}</p>
                            </Avis>
                        })}
                        <p class="aide">
                            "Vous répondez pour votre agent\u{a0}: dans les questions, «\u{a0}votre\u{a0}» le désigne. Les champs marqués d’une "
                            "étoile sont obligatoires."
                        </p>
                        <Explication etape/>
                        {last.then(|| {
                            let modifier = |etape| format!("{}?retour=validation", onglet_path(&id, etape));
                            view! { <Relecture brouillon=brouillon.clone() contexte=ctx modifier/> }
                        })}
                        <datalist id=COMMUNES>
                            {communes.into_iter().map(|name| view! { <option value=name></option> }).collect_view()}
                        </datalist>
                        <form action=SaveAgentTab::url() method="post" novalidate=true class="onglet">
                            <input type="hidden" name="id" value=id/>
                            <input type="hidden" name="etape" value=etape.slug()/>
                            <input type="hidden" name="retour" value=retour/>
                            <input type="hidden" name="marques" value=marques/>
                            {sous_titres(fields)}
                            <div class="boutons">
                                <button type="submit" class="principal" name="vers" value="suivant">
                                    {next}
                                </button>
                                <button type="submit" name="vers" value="precedent">"Précédent"</button>
                                <button type="submit" name="vers" value="liste">"Enregistrer et revenir à nos agents"</button>
                                <button type="submit" class="discret" name="vers" value="annuler">"Annuler"</button>
                            </div>
                            <p class="aide">{format!("Ces réponses sont gardées jusqu’au {}.", draft.fin)}</p>
                        </form>
                    </div>
                </div>
    };
    let avant = view! { <Cadre collectivite>""</Cadre> };
    PageRendue::new(etape.label(), has_errors, contenu.into_any()).large().under(avant.into_any())
}

/// The text before the fields of a tab.
#[component]
fn Explication(etape: Etape) -> impl IntoView {
    let text = match etape {
        Etape::Coordonnees => {
            "L’adresse sera l’identifiant de l’agent\u{a0}: il y reçoit le lien qui active son compte. Une adresse ne sert qu’à un \
             seul compte."
        }
        Etape::Adresses => "D’abord l’adresse personnelle de l’agent, puis celle où il travaille.",
        Etape::Validation => {
            "Relisez ces réponses avant de les envoyer. L’agent recevra un courriel pour choisir son mot de passe\u{a0}: c’est lui \
             qui lira l’information sur l’usage de ses données, relira ces renseignements et les certifiera."
        }
        Etape::Identite | Etape::Interlocuteurs | Etape::SituationProfessionnelle => return ().into_any(),
    };
    view! { <div class="note"><p>{text}</p></div> }.into_any()
}
