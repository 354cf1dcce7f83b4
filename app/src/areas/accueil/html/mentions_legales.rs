use domain::exploitant::Exploitant;
use leptos::prelude::*;

use super::or_missing;

/// Who publishes and who hosts this service.
pub fn contenu(exploitant: Exploitant) -> AnyView {
    view! {
                <dl class="fiche">
                    <div><dt>"Éditeur"</dt><dd>{or_missing(exploitant.nom)}</dd></div>
                    <div><dt>"Adresse"</dt><dd>{or_missing(exploitant.adresse)}</dd></div>
                    <div><dt>"Contact"</dt><dd>{or_missing(exploitant.courriel)}</dd></div>
                    <div><dt>"Directeur de la publication"</dt><dd>{or_missing(exploitant.directeur_publication)}</dd></div>
                    <div><dt>"Hébergeur"</dt><dd>{or_missing(exploitant.hebergeur)}</dd></div>
                </dl>
                <h2>"Logiciel"</h2>
                <p>"Préinscription IEL est un logiciel libre, sous licence EUPL 1.2."</p>
                <h2>"Répertoire des collectivités"</h2>
                <p>
                    "Source\u{a0}: INSEE, code officiel géographique, et DGCL, base nationale sur l’intercommunalité, par "
                    "le paquet @etalab/decoupage-administratif (2025). Licence Ouverte 2.0."
                </p>
    }
    .into_any()
}
