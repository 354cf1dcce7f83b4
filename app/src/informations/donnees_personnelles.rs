use leptos::prelude::*;

use super::{or_missing, with_exploitant};
use crate::ui::Page;

/// The information of article 13 of the RGPD.
#[component]
pub fn PageDonneesPersonnelles() -> impl IntoView {
    with_exploitant(|exploitant| {
        view! {
            <Page titre="Vos données personnelles">
                <p>"Nous demandons le moins possible, et nous disons ici ce qu’il en advient."</p>
                <h2>"Qui les traite, et pourquoi"</h2>
                <p>
                    {format!(
                        "Responsable du traitement\u{a0}: {}. Le traitement sert à créer, vérifier et tenir votre compte de \
                         préinscription d’intervenant. Il relève de la mission d’intérêt public du CNFPT (RGPD, article 6.1.e).",
                        or_missing(exploitant.nom),
                    )}
                </p>
                <h2>"Lesquelles"</h2>
                <p>
                    "Identité, date de naissance, adresse de messagerie, téléphone, adresse postale, statut et fonction. "
                    "Les champs marqués d’une étoile sont nécessaires au compte."
                </p>
                <p>
                    "Si votre collectivité vous inscrit, son service formation y ajoute votre adresse professionnelle, votre cadre "
                    "d’emplois, votre grade, votre service et votre responsable hiérarchique (nom, prénom, courriel)."
                </p>
                <p>
                    "Nous ne demandons ni numéro de sécurité sociale, ni coordonnées bancaires, ni pièce d’identité, ni "
                    "aucun fichier."
                </p>
                <h2>"Qui les voit"</h2>
                <p>
                    "Les gestionnaires d’application du CNFPT. À titre personnel ou comme indépendant, aucun employeur n’y "
                    "a accès."
                </p>
                <p>
                    "Le service formation qui vous a inscrit voit ce qu’il a saisi de vous et l’état de votre demande, jamais un motif, "
                    "un message, ni ce que vous changez ensuite. Il ne voit aucun autre compte que ceux qu’il a présentés."
                </p>
                <h2>"Combien de temps"</h2>
                <ul>
                    <li>"Un brouillon\u{a0}: 7 jours après votre dernier passage."</li>
                    <li>"Une demande jamais activée\u{a0}: 30 jours après l’expiration de son lien."</li>
                    <li>
                        "Une connexion ouverte, avec le nom du navigateur en deux mots («\u{a0}Firefox sur Android\u{a0}»)\u{a0}: "
                        "jusqu’à ce qu’elle se ferme, 12 heures au plus."
                    </li>
                    <li>"L’ancienne adresse d’un compte qui en change\u{a0}: 30 jours après la demande."</li>
                </ul>
                <h2>"Un cookie, et pas de traceur"</h2>
                <p>
                    "Un cookie retient votre brouillon, un autre votre connexion. Ils disparaissent avec la fermeture du "
                    "navigateur. Aucune mesure d’audience, aucun service extérieur."
                </p>
                <h2>"Vos droits"</h2>
                <p>
                    {format!(
                        "Accès, rectification, effacement, limitation, opposition\u{a0}: écrivez au délégué à la protection \
                         des données\u{a0}: {}.",
                        or_missing(exploitant.dpo),
                    )}
                    " Vous pouvez aussi saisir la CNIL\u{a0}: "
                    <a href="https://www.cnil.fr/fr/plaintes" rel="external">"cnil.fr/fr/plaintes"</a>"."
                </p>
            </Page>
        }
        .into_any()
    })
}
