use leptos::prelude::*;

use crate::inscription::ORIENTATION;
use crate::ui::Page;

/// Cas 1: nothing to fill in here, and whom to ask.
#[component]
pub fn PageServiceRh() -> impl IntoView {
    view! {
        <Page titre="Votre collectivité vous inscrit">
            <p>
                "Vous faites partie d’une collectivité et vous vous inscrivez par son intermédiaire\u{a0}: c’est la procédure "
                "habituelle d’un agent. Vous n’avez pas de compte à créer ici."
            </p>
            <h2>"Ce que vous avez à faire"</h2>
            <ol>
                <li>"Adressez-vous au service formation, ou au service des ressources humaines, de votre collectivité."</li>
                <li>"Demandez-lui de vous inscrire comme intervenant auprès du CNFPT."</li>
                <li>"Vous recevrez un courriel pour choisir votre mot de passe quand il l’aura fait."</li>
            </ol>
            <p>
                "Vous ne savez pas qui tient ce rôle\u{a0}? Le secrétariat de mairie ou la direction générale des services "
                "vous le dira."
            </p>
            <p class="note">
                "Si vous ne souhaitez pas que ces formations figurent sur votre fiche d’agent, revenez au choix précédent "
                "et prenez «\u{a0}À titre personnel\u{a0}»."
            </p>
            <p><a class="bouton" href=ORIENTATION>"Revenir au choix de ma situation"</a></p>
        </Page>
    }
}
