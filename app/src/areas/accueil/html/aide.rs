use domain::exploitant::Exploitant;
use leptos::prelude::*;

use crate::base::adresses::{ENVOYEE, FORMATIONS, LOST_PASSWORD, MES_PREINSCRIPTIONS, ORIENTATION, SERVICE_RH};

/// A question as a person asks it, and where a link to it leads.
struct Question {
    id: &'static str,
    titre: &'static str,
    reponse: fn() -> AnyView,
}

/// The questions about signing up, then about waiting, then about worries; the most asked first.
const QUESTIONS: [Question; 14] = [
    Question {
        id: "pas-de-courriel",
        titre: "Je n’ai pas reçu le courriel d’activation",
        reponse: || {
            view! {
            <p>
                "Il arrive en quelques minutes. Regardez d’abord dans vos indésirables. Rien\u{a0}? Revenez à "
                <a href=ENVOYEE>"la page qui a suivi l’envoi"</a>
                ", dans le même navigateur\u{a0}: vous y voyez où le courriel est parti, vous pouvez le renvoyer ou corriger "
                "votre adresse."
            </p>
            <p>
                "Si vous avez fermé le navigateur, recommencez l’inscription\u{a0}: tant que vous n’avez pas choisi de mot de "
                "passe, votre adresse reste libre."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "lien-expire",
        titre: "Mon lien a expiré, ou ne s’ouvre pas",
        reponse: || {
            view! {
            <p>
                "Un lien d’activation est valable 72 heures. Ouvrez-le quand même\u{a0}: la page vous en envoie un autre, et "
                "vos réponses sont gardées. Si le lien est dit «\u{a0}pas valable\u{a0}», c’est souvent que la messagerie l’a "
                "coupé\u{a0}: copiez-le en entier dans la barre d’adresse."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "quelle-adresse",
        titre: "Quelle adresse de messagerie donner\u{a0}?",
        reponse: || {
            view! {
            <p>
                "Une adresse que vous ouvrez vous-même, et que vous garderez\u{a0}: elle sera votre identifiant. Si vous vous "
                "inscrivez à titre personnel, prenez-en une que votre employeur ne gère pas."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "deux-collectivites",
        titre: "J’interviens pour deux collectivités",
        reponse: || {
            view! {
            <p>
                "Il faut un compte pour chacune, et donc deux adresses de messagerie différentes\u{a0}: les formations mixtes "
                "en dépendent. Inscrivez-vous une fois, puis recommencez avec l’autre adresse."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "employeur",
        titre: "Mon employeur le saura-t-il\u{a0}?",
        reponse: || {
            view! {
            <p>
                "À titre personnel, non. Votre compte est rattaché à l’employeur générique des intervenants, et aucun service "
                "RH n’y a accès. "<a href=SERVICE_RH>"Par le service RH"</a>
                ", oui\u{a0}: c’est votre collectivité qui vous inscrit, et qui sait où en est la demande."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "telephone",
        titre: "Je m’inscris sur un téléphone, ou sur un ordinateur partagé",
        reponse: || {
            view! {
            <p>
                "Tout marche sur un téléphone, même ancien. Vos réponses s’enregistrent à mesure\u{a0}: une coupure ne perd rien."
            </p>
            <p>
                "Sur un ordinateur partagé, fermez le navigateur en partant\u{a0}: il oublie alors votre inscription et votre "
                "connexion. Décochez «\u{a0}Afficher le mot de passe\u{a0}» et refusez qu’il soit retenu."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "plus-tard",
        titre: "Puis-je finir plus tard\u{a0}?",
        reponse: || {
            view! {
            <p>
                "Oui, dans le même navigateur tant qu’il reste ouvert. Pour changer d’appareil, demandez un lien pour reprendre, "
                "une fois votre adresse donnée. Un brouillon que personne ne touche est effacé après 7 jours."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "delai",
        titre: "Combien de temps prend la validation\u{a0}?",
        reponse: || {
            view! {
            <p>
                "Un gestionnaire examine chaque demande, dans l’ordre d’arrivée. "<a href="/">"Votre espace"</a>
                " montre où elle en est et à qui d’agir\u{a0}; un courriel vous prévient de la décision. Il ne sert à rien de "
                "refaire une demande pour aller plus vite."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "gestionnaire",
        titre: "Que fait le gestionnaire\u{a0}?",
        reponse: || {
            view! {
            <p>
                "C’est un agent du CNFPT. Il vérifie que vous êtes bien intervenant et que vos renseignements se tiennent. Il "
                "valide votre compte, vous demande une correction, ou refuse en donnant son motif. Il ne voit pas votre mot de "
                "passe et ne vous le demandera jamais."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "correction",
        titre: "On me demande une correction",
        reponse: || {
            view! {
            <p>
                "Le courriel et votre espace disent quels renseignements reprendre, et pourquoi. Connectez-vous, corrigez, "
                "renvoyez\u{a0}: la demande repart vers le gestionnaire avec la même référence."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "retirer",
        titre: "Je veux retirer ma demande",
        reponse: || {
            view! {
            <p>
                "Avant l’envoi, «\u{a0}Annuler\u{a0}» efface tout de suite ce que vous avez saisi. Après l’activation, et tant que "
                "votre compte n’est pas validé, retirez la demande depuis votre espace. Une demande jamais activée s’éteint "
                "d’elle-même."
            </p>
        }
        .into_any()
        },
    },
    Question {
        id: "mot-de-passe",
        titre: "J’ai perdu mon mot de passe, ou je veux en changer",
        reponse: || {
            view! {
                <p>
                    <a href=LOST_PASSWORD>"Demandez un lien"</a>
                    " avec l’adresse qui vous sert d’identifiant. Il est valable 30 minutes et ne sert qu’une fois."
                </p>
                <p>
                    "Vous le connaissez, et voulez en changer\u{a0}? Une fois connecté, ouvrez «\u{a0}Changer de mot de passe\u{a0}» "
                    "dans votre espace."
                </p>
            }
            .into_any()
        },
    },
    Question {
        id: "adresse-changee",
        titre: "J’ai changé d’adresse de messagerie",
        reponse: || {
            view! {
                <p>
                    "Une fois votre compte validé, changez-la dans votre espace, avec votre mot de passe\u{a0}: un lien part à la nouvelle "
                    "adresse, et rien ne change avant que vous l’ayez confirmé. L’ancienne peut revenir en arrière pendant 7 jours. "
                    "Vous n’avez plus accès à l’ancienne, ni votre mot de passe\u{a0}? "
                    <a href="#contact">"Écrivez-nous ou appelez-nous"</a>"."
                </p>
            }
            .into_any()
        },
    },
    Question {
        id: "donnees",
        titre: "Où sont mes données, et qui les voit\u{a0}?",
        reponse: || {
            view! {
            <p>
                "Sur le serveur de ce service, et nulle part ailleurs. Seuls les gestionnaires du CNFPT les voient. "
                <a href="/donnees-personnelles">"Ce qui est gardé, combien de temps, et vos droits"</a>"."
            </p>
        }
        .into_any()
        },
    },
];

/// The question that is asked only where persons pre-register.
const PREINSCRIPTION: Question = Question {
    id: "formations",
    titre: "Comment me préinscrire à une formation\u{a0}?",
    reponse: || {
        view! {
            <p>
                "Choisissez une session dans la liste "<a href=FORMATIONS>"Formations de formateurs"</a>
                ", puis connectez-vous\u{a0}: il faut un compte validé. Retrouvez ensuite chaque demande dans "
                <a href=MES_PREINSCRIPTIONS>"Mes préinscriptions"</a>"."
            </p>
        }
        .into_any()
    },
};

/// The contact of the operator, as far as the operator gave it. Without one no page says « écrivez-nous ».
#[component]
fn Contact(exploitant: Exploitant) -> impl IntoView {
    let Exploitant { nom, courriel, telephone, adresse, .. } = exploitant;
    let nothing = [&courriel, &telephone, &adresse].into_iter().all(|text| text.trim().is_empty());
    let line = |text: String| (!text.trim().is_empty()).then(|| view! { <p>{text}</p> });
    view! {
        <section id="contact">
            <h2>"Nous joindre"</h2>
            {nothing.then(|| view! {
                <p>
                    "Adressez-vous à la délégation du CNFPT de votre région\u{a0}: ses coordonnées sont sur le site du CNFPT, "
                    "www.cnfpt.fr."
                </p>
            })}
            {line(nom)}
            {(!courriel.trim().is_empty()).then(|| view! {
                <p><a href=format!("mailto:{courriel}")>{courriel.clone()}</a></p>
            })}
            {line(telephone)}
            {line(adresse)}
        </section>
    }
}

/// The questions and their answers.
pub fn contenu(exploitant: Exploitant) -> AnyView {
    let questions = || QUESTIONS.iter().chain(exploitant.preinscription_active.then_some(&PREINSCRIPTION));
    view! {
                <nav class="sommaire" aria-labelledby="sommaire">
                    <h2 id="sommaire">"Votre question"</h2>
                    <ul>
                        {questions().map(|question| view! {
                            <li><a href=format!("#{}", question.id)>{question.titre}</a></li>
                        }).collect_view()}
                    </ul>
                </nav>
                {questions().map(|question| view! {
                    <section id=question.id>
                        <h2>{question.titre}</h2>
                        {(question.reponse)()}
                    </section>
                }).collect_view()}
                <p><a class="bouton" href=ORIENTATION>"M’inscrire en tant qu’agent"</a></p>
                <Contact exploitant/>
    }
    .into_any()
}
