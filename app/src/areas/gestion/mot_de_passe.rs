use leptos::prelude::*;

use super::lecture::lue;
use crate::areas::acces::{ChangerMotDePasse, ReadStaffPassword};
use crate::base::adresses::REGLAGES;
use crate::ui::lire;

/// Another password for someone of the staff.
#[component]
pub fn PageMotDePasseGestion() -> impl IntoView {
    lue(lire(|| ReadStaffPassword {}), |identifiant| {
        view! {
            <ChangerMotDePasse identifiant retour=REGLAGES conseil="15 caractères au moins.">
                <p class="aide">
                    "Mot de passe perdu\u{a0}? Un administrateur peut vous renvoyer une invitation\u{a0}: son lien en fait "
                    "choisir un autre."
                </p>
            </ChangerMotDePasse>
        }
        .into_any()
    })
}
