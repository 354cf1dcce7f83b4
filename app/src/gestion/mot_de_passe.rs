use leptos::prelude::*;

use super::lecture::lue;
use crate::api::mots_de_passe::read_staff_password;
use crate::base::adresses::REGLAGES;
use crate::compte::ChangerMotDePasse;

/// Another password for someone of the staff.
#[component]
pub fn PageMotDePasseGestion() -> impl IntoView {
    lue(Resource::new_blocking(|| (), |()| read_staff_password()), |identifiant| {
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
