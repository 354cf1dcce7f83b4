use domain::Cas;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::areas::inscription::ChooseCas;
use crate::base::refus::Refus;
use crate::base::routage::Recherche;
use crate::ui::{Avis, Choix, ErrorCode, Resume, champ_id};

/// One plain question, three answers.
pub fn contenu(refus: Option<ErrorCode>, recherche: &Recherche) -> AnyView {
    // A person who comes from the recap finds the choice that they made.
    let choisi = recherche.get("cas").and_then(|cas| Cas::from_code(&cas)).map_or("", Cas::code);
    let erased = recherche.get("efface").is_some();
    let missing = refus.as_ref().is_some_and(|error| error.refus == Refus::Choix);
    let other = refus.filter(|_| !missing).map(|error| error.message());
    let message = missing.then(|| "Choisissez une option.".to_owned());
    let summary: Vec<_> = message.iter().map(|text| (champ_id("cas"), text.clone())).collect();
    let message = Signal::derive(move || message.clone());
    let options = vec![
        (
            Cas::ServiceRh.code(),
            Cas::ServiceRh.label(),
            "Votre collectivité vous inscrit et suit votre demande. Ses formations figurent sur votre fiche d’agent.",
        ),
        (
            Cas::Personnel.code(),
            Cas::Personnel.label(),
            "Vous travaillez pour une collectivité, mais rien n’est rattaché à votre fiche d’agent\u{a0}: votre employeur ne \
             voit rien et n’est pas prévenu.",
        ),
        (
            Cas::Independant.code(),
            Cas::Independant.label(),
            "Vous n’êtes rattaché à aucune collectivité\u{a0}: indépendant, salarié du privé, profession libérale, \
             universitaire ou retraité.",
        ),
    ];
    view! {
            <Resume erreurs=summary/>
            {erased.then(|| view! { <Avis succes=true><p>"Vos réponses ont été effacées."</p></Avis> })}
            {other.map(|text| view! { <Avis alerte=true><p>{text}</p></Avis> })}
            <p>
                "Ce compte permet aux formateurs et intervenants de se préinscrire aux formations de formateurs du CNFPT. "
                "Il remplace le bulletin papier."
            </p>
            <form action=ChooseCas::url() method="post" novalidate=true>
                <input type="hidden" name="retour" value=recherche.get("retour").unwrap_or_default()/>
                <Choix name="cas" legende="Dans quelle situation êtes-vous\u{a0}?" options choisi erreur=message/>
                <div class="boutons"><button type="submit" class="principal">"Continuer"</button></div>
            </form>
            <section class="note">
                <h2>"Ce qu’il vous faut"</h2>
                <ul>
                    <li>
                        "Une adresse de messagerie que vous pouvez ouvrir maintenant\u{a0}; une différente pour chaque collectivité."
                    </li>
                    <li>"Un numéro de téléphone et votre adresse postale."</li>
                    <li>"Votre fonction. Comme indépendant, votre SIRET si vous en avez un."</li>
                </ul>
                <p>
                    "Comptez cinq minutes. Aucune pièce, aucun numéro de sécurité sociale, aucune coordonnée bancaire ne "
                    "vous est demandé."
                </p>
            </section>
    }
    .into_any()
}
