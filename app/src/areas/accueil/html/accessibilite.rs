use domain::accessibilite::{Accessibilite, Audit, Conformite, pourcentage};
use domain::exploitant::Exploitant;
use leptos::prelude::*;

use super::or_missing;

/// The declaration in the form that the order of 20 September 2019 imposes: its parts, in its order.
pub fn contenu(exploitant: Exploitant) -> AnyView {
    let declaration = exploitant.accessibilite.clone();
    view! {
        <Engagement nom=exploitant.nom.clone() declaration=declaration.clone()/>
        <Etat etat=declaration.etat audit=declaration.audit.clone()/>
        <NonAccessibles declaration=declaration.clone()/>
        <Etablissement declaree_le=declaration.declaree_le audit=declaration.audit/>
        <Contact exploitant/>
    }
    .into_any()
}

#[component]
fn Engagement(nom: String, declaration: Accessibilite) -> impl IntoView {
    let Accessibilite { schema_pluriannuel, plan_actions, .. } = declaration;
    let document = |name: &'static str, address: String| {
        (!address.is_empty()).then(|| view! { <li><a href=address rel="external">{name}</a></li> })
    };
    view! {
        <p>
            {format!("Organisme responsable\u{a0}: {}. ", or_missing(nom))}
            "Il s’engage à rendre ce service accessible, comme le veut l’article 47 de la loi n° 2005-102 du 11 février 2005."
        </p>
        {(!schema_pluriannuel.is_empty() || !plan_actions.is_empty()).then(|| view! {
            <p>"À cette fin, il met en œuvre\u{a0}:"</p>
            <ul>
                {document("Le schéma pluriannuel de mise en accessibilité", schema_pluriannuel)}
                {document("Le plan d’actions de l’année", plan_actions)}
            </ul>
        })}
        <p>"Cette déclaration s’applique à toutes les pages du service Préinscription IEL."</p>
    }
}

#[component]
fn Etat(etat: Conformite, audit: Option<Audit>) -> impl IntoView {
    let why = match (etat, &audit) {
        (Conformite::Totale, _) => "Tous les critères qui s’appliquent sont respectés.",
        (Conformite::Partielle, _) => "Les non-conformités et les dérogations sont énumérées plus bas.",
        (Conformite::NonConforme, Some(_)) => "Moins de la moitié des critères qui s’appliquent sont respectés.",
        (Conformite::NonConforme, None) => "Aucun audit de conformité n’a encore été fait.",
    };
    view! {
        <h2>"État de conformité"</h2>
        <p>
            "Préinscription IEL est "<strong>{etat.label()}</strong>
            " avec le référentiel général d’amélioration de l’accessibilité, version 4.1 (RGAA). "{why}
        </p>
        <h2>"Résultats des tests"</h2>
        {match audit {
            Some(audit) => view! {
                <p>
                    {format!(
                        "L’audit réalisé par {} le {} relève que {} des critères du RGAA qui s’appliquent sont respectés.",
                        audit.auditeur,
                        audit.date,
                        pourcentage(audit.taux),
                    )}
                </p>
            }
            .into_any(),
            None => view! {
                <p>
                    "Faute d’audit, aucun taux ne peut être donné. À chaque version, un outil automatique (axe-core) contrôle "
                    "les pages dans leurs différents états, et l’inscription est parcourue au clavier seul\u{a0}: cela ne "
                    "remplace pas un audit."
                </p>
            }
            .into_any(),
        }}
    }
}

#[component]
fn NonAccessibles(declaration: Accessibilite) -> impl IntoView {
    let Accessibilite { audit, non_conformites, derogations, exemptions, .. } = declaration;
    let none_found = match audit {
        Some(_) => "Aucune n’a été relevée.",
        None => "Elles ne peuvent pas être énumérées avant un audit.",
    };
    view! {
        <h2>"Contenus non accessibles"</h2>
        <h3>"Non-conformités"</h3>
        <Enumeration elements=non_conformites sinon=none_found/>
        <h3>"Dérogations pour charge disproportionnée"</h3>
        <Enumeration elements=derogations sinon="Aucune n’est invoquée."/>
        <h3>"Contenus non soumis à l’obligation d’accessibilité"</h3>
        <Enumeration elements=exemptions sinon="Aucun n’est déclaré."/>
    }
}

#[component]
fn Etablissement(declaree_le: String, audit: Option<Audit>) -> impl IntoView {
    let (pages, environnements, outils) =
        audit.map(|audit| (audit.pages, audit.environnements, audit.outils)).unwrap_or_default();
    let unsaid = "Rien n’est déclaré\u{a0}: aucun audit ne le dit.";
    view! {
        <h2>"Établissement de cette déclaration d’accessibilité"</h2>
        <p>
            {if declaree_le.is_empty() {
                "La date de cette déclaration n’est pas renseignée par l’exploitant de ce service.".to_owned()
            } else {
                format!("Cette déclaration a été établie le {declaree_le}.")
            }}
        </p>
        <h3>"Technologies utilisées pour la réalisation du service"</h3>
        <ul>
            <li>"HTML5, avec WAI-ARIA où il le faut"</li>
            <li>"CSS"</li>
            <li>"JavaScript et WebAssembly, sans lesquels toutes les pages marchent aussi"</li>
        </ul>
        <h3>"Environnement de test"</h3>
        <Enumeration elements=environnements sinon=unsaid/>
        <h3>"Outils pour évaluer l’accessibilité"</h3>
        <Enumeration elements=outils sinon=unsaid/>
        <h3>"Pages ayant fait l’objet de la vérification de conformité"</h3>
        <Enumeration elements=pages sinon=unsaid/>
    }
}

#[component]
fn Contact(exploitant: Exploitant) -> impl IntoView {
    let Exploitant { courriel, adresse, .. } = exploitant;
    view! {
        <h2>"Retour d’information et contact"</h2>
        <p>
            "Si un contenu ou un service vous résiste, dites-le-nous\u{a0}: vous serez orienté vers une solution accessible, "
            "ou vous recevrez le contenu sous une autre forme."
        </p>
        <ul>
            <li>
                "Par courriel\u{a0}: "
                {match courriel.as_str() {
                    "" => or_missing(String::new()).into_any(),
                    _ => view! { <a href=format!("mailto:{courriel}")>{courriel.clone()}</a> }.into_any(),
                }}
            </li>
            {(!adresse.is_empty()).then(|| view! { <li>{format!("Par la poste\u{a0}: {adresse}")}</li> })}
        </ul>
        <h2>"Voies de recours"</h2>
        <p>
            "Vous nous avez signalé un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service, et vous "
            "n’avez pas obtenu de réponse satisfaisante\u{a0}? Vous pouvez\u{a0}:"
        </p>
        <ul>
            <li>
                "Écrire un message au "
                <a href="https://formulaire.defenseurdesdroits.fr/" rel="external">"Défenseur des droits"</a>
            </li>
            <li>
                "Contacter le "
                <a href="https://www.defenseurdesdroits.fr/carte-des-delegues" rel="external">
                    "délégué du Défenseur des droits de votre région"
                </a>
            </li>
            <li>
                "Envoyer un courrier par la poste, gratuitement et sans timbre\u{a0}: Défenseur des droits, Libre réponse "
                "71120, 75342 Paris CEDEX 07"
            </li>
        </ul>
    }
}

/// A list, or what to say when it is empty.
#[component]
fn Enumeration(elements: Vec<String>, sinon: &'static str) -> impl IntoView {
    if elements.is_empty() {
        return view! { <p>{sinon}</p> }.into_any();
    }
    view! { <ul>{elements.into_iter().map(|element| view! { <li>{element}</li> }).collect_view()}</ul> }.into_any()
}
