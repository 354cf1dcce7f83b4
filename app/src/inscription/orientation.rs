use domain::Cas;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use crate::api::inscription::ChooseCas;
use crate::ui::{Avis, Choix, Formulaire, Page, Resume, escape, query_error, summary_of};

/// One plain question, three answers.
#[component]
pub fn PageOrientation() -> impl IntoView {
    let query = use_query_map();
    let parameter = move |name| query.with_untracked(|query| query.get(name).unwrap_or_default());
    // A person who comes from the recap finds the choice that they made.
    let choisi = Cas::from_code(&parameter("cas")).map_or("", Cas::code);
    let erased = Memo::new(move |_| query.with(|query| query.get("efface").is_some()));
    let refused = query_error();
    let missing = Memo::new(move |_| refused.with(|error| error.as_ref().is_some_and(|error| error.code == "choix")));
    let message = Signal::derive(move || missing.get().then(|| "Choisissez une option.".to_owned()));
    let summary = summary_of("cas", message);
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
        <Page titre="Comment vous inscrivez-vous\u{a0}?" erreur=missing>
            <Resume erreurs=summary/>
            {move || erased.get().then(|| view! {
                <Avis succes=true><p>"Vos réponses ont été effacées."</p></Avis>
            }
            .into_any())}
            {move || refused.get().filter(|error| error.code != "choix").map(|error| view! {
                <Avis alerte=true><p inner_html=escape(&error.message())></p></Avis>
            }
            .into_any())}
            <p>
                "Ce compte permet aux formateurs et intervenants de se préinscrire aux formations de formateurs du CNFPT. "
                "Il remplace le bulletin papier."
            </p>
            <Formulaire action=ChooseCas::url()>
                <input type="hidden" name="retour" value=parameter("retour")/>
                <Choix name="cas" legende="Dans quelle situation êtes-vous\u{a0}?" options choisi erreur=message/>
                <div class="boutons"><button type="submit" class="principal">"Continuer"</button></div>
            </Formulaire>
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
        </Page>
    }
}
