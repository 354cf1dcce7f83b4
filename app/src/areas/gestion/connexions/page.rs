use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{EndConnexions, ReadConnexionsOf};
use crate::areas::acces::ConnexionsDe;
use crate::areas::gestion::filtre_ici::filter_here;
use crate::areas::gestion::lecture::lue;
use crate::base::adresses::{EQUIPE, SERVICES_FORMATION, dossier_path};
use crate::base::routage::numero;
use crate::ui::{Formulaire, Page, lire};

/// Asks an administrateur for a confirmation before somebody's connexions end. `de` is the kind of person, as in the
/// form.
#[component]
pub fn PageFermerConnexions(de: &'static str) -> impl IntoView {
    let id = numero("id");
    lue(lire(move || ReadConnexionsOf { de: de.to_owned(), id: id.get() }), move |found| {
        let retour = filter_here();
        let id = id.get_untracked();
        let back = match de {
            "compte" => dossier_path(id, &retour),
            "service" => SERVICES_FORMATION.to_owned(),
            _ => EQUIPE.to_owned(),
        };
        let Some(ConnexionsDe { nom, ouvertes }) = found else {
            return view! {
                <Page titre="Cette page n’existe pas">
                    <p><a class="bouton" href=back>"Retour"</a></p>
                </Page>
            }
            .into_any();
        };
        let count = match ouvertes {
            0 => "Aucune connexion n’est ouverte.".to_owned(),
            1 => "Une connexion est ouverte.".to_owned(),
            ouvertes => format!("{ouvertes}\u{a0}connexions sont ouvertes."),
        };
        view! {
            <Page titre=format!("Fermer les connexions de {nom}\u{a0}?")>
                <p>{count}" L’accès et le mot de passe restent les mêmes\u{a0}: il suffira de se reconnecter."</p>
                <Formulaire action=EndConnexions::url()>
                    <input type="hidden" name="de" value=de/>
                    <input type="hidden" name="id" value=id/>
                    <input type="hidden" name="retour" value=retour/>
                    <div class="boutons">
                        <button type="submit" class="danger">"Fermer les connexions"</button>
                        <a class="bouton discret" href=back>"Annuler"</a>
                    </div>
                </Formulaire>
            </Page>
        }
        .into_any()
    })
}
