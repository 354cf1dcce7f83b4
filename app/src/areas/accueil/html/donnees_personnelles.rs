use domain::conservation::{Duree, durees};
use domain::exploitant::Exploitant;
use leptos::prelude::*;

use super::or_missing;
use crate::base::adresses::DONNEES;

/// The information of article 13 of the RGPD. The operator gives the facts that only they know.
pub fn contenu(exploitant: Exploitant) -> AnyView {
    let Exploitant { nom, adresse, courriel, dpo, hebergeur, conservation, .. } = exploitant;
    view! {
            <p>"Nous demandons le moins possible, et nous disons ici ce qu’il en advient."</p>
            <h2>"Qui les traite"</h2>
            <dl class="fiche">
                <div><dt>"Responsable du traitement"</dt><dd>{or_missing(nom)}</dd></div>
                <div><dt>"Adresse"</dt><dd>{or_missing(adresse)}</dd></div>
                <div><dt>"Contact"</dt><dd>{or_missing(courriel)}</dd></div>
                <div><dt>"Délégué à la protection des données"</dt><dd>{or_missing(dpo.clone())}</dd></div>
            </dl>
            <h2>"Pourquoi, et de quel droit"</h2>
            <p>
                "Pour créer, vérifier et tenir votre compte de préinscription d’intervenant, et vous écrire à son sujet. Ce "
                "traitement relève de la mission d’intérêt public du CNFPT (RGPD, article 6.1.e). Aucune décision n’est "
                "automatique\u{a0}: un gestionnaire lit chaque demande."
            </p>
            <h2>"Ce qui est demandé"</h2>
            <ul>
                <li>"Civilité, noms, prénom, date de naissance\u{a0}: pour vous identifier sans vous confondre avec un homonyme. « Je ne souhaite pas préciser » est une réponse."</li>
                <li>"Adresse de messagerie\u{a0}: votre identifiant, et le moyen de vous écrire."</li>
                <li>"Téléphone et adresse postale\u{a0}: pour vous joindre et organiser vos interventions."</li>
                <li>"Statut, fonction, domaines d’intervention, et SIRET si vous le souhaitez\u{a0}: pour savoir à quel titre vous intervenez."</li>
                <li>"Si votre collectivité vous inscrit\u{a0}: votre adresse professionnelle, votre cadre d’emplois, votre grade, votre service, et le nom et le courriel de votre responsable hiérarchique. Elle les saisit\u{a0}; vous les relisez et les certifiez avant que la demande ne parte."</li>
            </ul>
            <p>"Les champs marqués d’une étoile sont nécessaires\u{a0}: sans eux, la demande ne peut pas être examinée. Les autres sont libres."</p>
            <h2>"Ce qui n’est pas demandé"</h2>
            <p>
                "Ni numéro de sécurité sociale, ni coordonnées bancaires, ni pièce d’identité, ni aucun fichier\u{a0}: ce qui n’est "
                "pas gardé ne se vole pas. À titre personnel ou comme indépendant, ni votre employeur ni votre responsable."
            </p>
            <h2>"Qui les voit"</h2>
            <ul>
                <li>"Les gestionnaires d’application. Chaque ouverture de votre dossier est notée, et vous pouvez voir quand."</li>
                <li>"À titre personnel ou comme indépendant, aucun employeur."</li>
                <li>
                    "Le service formation qui vous a inscrit\u{a0}: ce qu’il a saisi de vous et l’état de votre demande, jamais un "
                    "motif, un message, ni ce que vous changez ensuite. Il ne voit aucun autre compte que ceux qu’il a présentés."
                </li>
                <li>{format!("L’hébergeur, pour le compte du responsable\u{a0}: {}.", or_missing(hebergeur))}</li>
            </ul>
            <h2>"Combien de temps"</h2>
            <div tabindex="0" role="region" aria-labelledby="durees">
                <table>
                    <caption id="durees">"Durées de conservation"</caption>
                    <thead><tr><th scope="col">"Donnée"</th><th scope="col">"Durée"</th><th scope="col">"Ensuite"</th></tr></thead>
                    <tbody>{durees(conservation).into_iter().map(ligne).collect_view()}</tbody>
                </table>
            </div>
            <h2>"Des cookies pour le service, et pas de traceur"</h2>
            <p>
                "Un cookie retient votre brouillon, un autre votre connexion\u{a0}: ils disparaissent avec la fermeture du navigateur. "
                "Après un refus, un troisième garde dix minutes, chiffré, ce que vous aviez saisi, sauf les mots de passe\u{a0}; un "
                "quatrième, la page à retrouver après une connexion. "
                "Aucune mesure d’audience, aucun service extérieur."
            </p>
            <h2>"Vos droits"</h2>
            <p>
                "Accès, copie, rectification, effacement, limitation, opposition. La copie, la liste des consultations et "
                "l’effacement se font en ligne, dans « "<a href=DONNEES>"Mes données"</a>" »."
            </p>
            <p>
                {format!("Pour le reste, écrivez au délégué à la protection des données\u{a0}: {}. ", or_missing(dpo))}
                "Vous pouvez aussi saisir la CNIL\u{a0}: "
                <a href="https://www.cnil.fr/fr/plaintes" rel="external">"cnil.fr/fr/plaintes"</a>"."
            </p>
    }
    .into_any()
}

fn ligne(duree: Duree) -> impl IntoView {
    view! {
        <tr><th scope="row">{duree.quoi}</th><td>{duree.combien}</td><td>{duree.ensuite}</td></tr>
    }
}
