use domain::conservation::REFUS_MOIS;
use domain::exploitant::Exploitant;
use domain::instant::{jour, today};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::mes_donnees::EraseAccount;
use super::donnees::{les_miennes, whom};
use super::port::{Effacement, MesDonnees};
use crate::base::adresses::{DONNEES, LOGIN};
use crate::base::refus::Refus;
use crate::ui::{Avis, Formulaire, MotDePasse, Page, Resume, champ_id, query_error};

/// Erasing can't be undone, so the page asks for the password.
#[component]
pub fn PageEffacer() -> impl IntoView {
    les_miennes(|donnees, exploitant| page(donnees, exploitant).into_any())
}

fn page(donnees: MesDonnees, exploitant: Exploitant) -> impl IntoView {
    let refused = query_error();
    let wrong = Signal::derive(move || {
        refused.get().map(|error| match error.refus {
            Refus::Passe => "Ce n’est pas votre mot de passe actuel.".to_owned(),
            _ => error.message(),
        })
    });
    let summary = Signal::derive(move || {
        wrong.get().map(|words| (champ_id("mot_de_passe"), words)).into_iter().collect::<Vec<_>>()
    });
    view! {
        <Page titre="Effacer votre compte\u{a0}?" erreur=Signal::derive(move || wrong.get().is_some())>
            <Resume erreurs=summary/>
            <h2>"Ce qui est effacé tout de suite"</h2>
            <p>
                {if donnees.effacement == Effacement::Demande { "Votre demande est retirée et ne sera pas examinée. " } else { "" }}
                "Votre identité, vos coordonnées, vos réponses, votre mot de passe, vos connexions, vos liens, les courriels, les "
                "décisions, les corrections et les notes à votre sujet. Si votre service formation vous a inscrit, ce qu’il avait "
                "saisi de vous est effacé de cette application aussi. Votre adresse redevient libre."
            </p>
            <h2>"Ce qui reste, et pourquoi"</h2>
            <ul>
                <li>
                    "Le journal des opérations\u{a0}: des numéros et des dates, qui ne désignent plus personne. Il prouve ce que le "
                    "service a fait, et reste tant qu’il vit."
                </li>
                <li>"Une ligne de statistiques\u{a0}: la collectivité, les dates de la décision, le motif d’un refus, sans rien de vous."</li>
                <li>"Votre adresse, le temps qu’un dernier courriel vous confirme l’effacement."</li>
                <li>"Les sauvegardes, jusqu’à leur remplacement par l’exploitant."</li>
            </ul>
            {match donnees.effacement {
                Effacement::Compte | Effacement::Demande => view! {
                    <p>"Cela ne se défait pas\u{a0}: pour intervenir de nouveau, il faudrait refaire une demande."</p>
                    <Formulaire action=EraseAccount::url()>
                        <MotDePasse autocomplete="current-password" conseil="Votre mot de passe actuel." erreur=wrong/>
                        <div class="boutons">
                            <a class="bouton principal" href=DONNEES>"Garder mon compte"</a>
                            <button type="submit" class="danger">"Effacer mon compte"</button>
                        </div>
                    </Formulaire>
                }
                .into_any(),
                Effacement::RefusConserve { jusqu_a } => view! {
                    <Avis>
                        <p>
                            {format!(
                                "Une demande refusée est gardée {REFUS_MOIS}\u{a0}mois, pour que vous puissiez contester la décision \
                                 (RGPD, article 17.3.e). La vôtre sera effacée d’elle-même le {}.",
                                jour(today(jusqu_a)),
                            )}
                        </p>
                    </Avis>
                    <p>"Pour le demander plus tôt, "{whom(&exploitant)}</p>
                }
                .into_any(),
                Effacement::AdresseRecente { jusqu_a } => view! {
                    <Avis>
                        <p>
                            {format!(
                                "Votre adresse vient de changer, et l’ancienne peut encore s’y opposer. Votre compte pourra être \
                                 effacé à partir du {}.",
                                jour(today(jusqu_a)),
                            )}
                        </p>
                    </Avis>
                }
                .into_any(),
            }}
        </Page>
    }
}

/// The page after the account was erased.
#[component]
pub fn PageEfface() -> impl IntoView {
    view! {
        <Page titre="Votre compte est effacé">
            <p>"Vos données personnelles sont effacées. Un dernier courriel vous le confirme."</p>
            <p><a class="bouton" href=LOGIN>"Revenir à l’accueil"</a></p>
        </Page>
    }
}
