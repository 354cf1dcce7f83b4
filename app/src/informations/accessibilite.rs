use leptos::prelude::*;

use super::{or_missing, with_exploitant};
use crate::ui::Page;

#[component]
pub fn PageAccessibilite() -> impl IntoView {
    with_exploitant(|exploitant| {
        view! {
            <Page titre="Accessibilité\u{a0}: non conforme">
                <p>
                    {format!("Organisme responsable de ce service\u{a0}: {}.", or_missing(exploitant.nom))}
                </p>
                <h2>"État de conformité"</h2>
                <p>
                    "Ce service n’a pas encore fait l’objet d’un audit au sens du référentiel général d’amélioration de "
                    "l’accessibilité (RGAA 4.1)\u{a0}: il est donc déclaré non conforme. Ses pages sont vérifiées par un outil "
                    "automatique à chaque version, et se parcourent au clavier."
                </p>
                <h2>"Retour d’information et contact"</h2>
                <p>
                    {format!(
                        "Si une page vous résiste, écrivez à\u{a0}: {}. Une autre voie vous sera proposée.",
                        or_missing(exploitant.courriel),
                    )}
                </p>
                <h2>"Voies de recours"</h2>
                <p>
                    "Sans réponse satisfaisante, vous pouvez saisir le Défenseur des droits\u{a0}: "
                    <a href="https://formulaire.defenseurdesdroits.fr/" rel="external">"formulaire en ligne"</a>
                    ", délégué de votre région, ou courrier gratuit à Défenseur des droits, Libre réponse 71120, 75342 Paris "
                    "CEDEX 07."
                </p>
            </Page>
        }
        .into_any()
    })
}
