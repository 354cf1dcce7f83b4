use leptos::prelude::*;

use super::with_exploitant;
use crate::ui::Page;

#[component]
pub fn PageAide() -> impl IntoView {
    with_exploitant(|exploitant| {
        view! {
            <Page titre="Aide">
                <h2>"Je n’ai pas reçu le courriel d’activation"</h2>
                <p>
                    "Il arrive en quelques minutes. Regardez dans vos indésirables, puis utilisez «\u{a0}Renvoyer le courriel\u{a0}» "
                    "sur la page qui suit l’envoi. Si l’adresse était fausse, corrigez-la au même endroit."
                </p>
                <h2>"Mon lien a expiré"</h2>
                <p>"Un lien d’activation est valable 72 heures. Ouvrez-le\u{a0}: la page vous en propose un nouveau."</p>
                <h2>"J’ai perdu mon mot de passe"</h2>
                <p>
                    <a href="/mot-de-passe-perdu">"Demandez un lien"</a>
                    " avec l’adresse qui vous sert d’identifiant. Il est valable 30 minutes."
                </p>
                <h2>"J’interviens pour deux collectivités"</h2>
                <p>"Créez un compte pour chacune, avec une adresse de messagerie différente."</p>
                <h2>"Mon employeur le saura-t-il\u{a0}?"</h2>
                <p>
                    "À titre personnel, non\u{a0}: votre compte est rattaché à l’employeur générique des intervenants, et aucun "
                    "service RH n’y a accès."
                </p>
                <h2>"Combien de temps pour la validation\u{a0}?"</h2>
                <p>"Un gestionnaire examine chaque demande. Votre espace montre où elle en est\u{a0}; un courriel vous prévient."</p>
                {(!exploitant.courriel.is_empty()).then(|| view! {
                    <h2>"Nous écrire"</h2>
                    <p><a href=format!("mailto:{}", exploitant.courriel)>{exploitant.courriel.clone()}</a></p>
                })}
            </Page>
        }
        .into_any()
    })
}
