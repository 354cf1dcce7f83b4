use leptos::prelude::*;

use super::cadre::Cadre;
use crate::areas::acces::{ChangerMotDePasse, ReadServicePassword};
use crate::base::adresses::{LOST_PASSWORD, SERVICE_FORMATION};
use crate::ui::{lire, lu};

/// Another password for a service formation.
#[component]
pub fn PageMotDePasseService() -> impl IntoView {
    lu(lire(|| ReadServicePassword {}), |identifiant| {
        view! {
            <Cadre>
                <ChangerMotDePasse identifiant retour=SERVICE_FORMATION conseil="12 caractères au moins.">
                    <p><a href=LOST_PASSWORD>"J’ai perdu mon mot de passe"</a></p>
                </ChangerMotDePasse>
            </Cadre>
        }
        .into_any()
    })
}
