use domain::Etape;
use leptos::prelude::*;

use crate::base::adresses::{COLLECTIVITE, FORMATIONS, LOST_PASSWORD, MES_PREINSCRIPTIONS, ORIENTATION, SERVICE_RH};

/// The second way to every page, beside the links of the header and the footer (RGAA, 12.1). `formations`: the sessions
/// of training are on this service.
pub fn contenu(formations: bool) -> AnyView {
    let link = |href: &'static str, label: &'static str| view! { <li><a href=href>{label}</a></li> };
    view! {
            <h2>"Mon compte"</h2>
            <ul class="trouvees">
                {link("/", "Se connecter")}
                {link(LOST_PASSWORD, "J’ai perdu mon mot de passe")}
                {link("/mon-compte", "Mon espace, une fois connecté")}
                {formations.then(|| link(MES_PREINSCRIPTIONS, "Mes préinscriptions, une fois connecté"))}
            </ul>
            {formations.then(|| view! {
                <h2>"Formations"</h2>
                <ul class="trouvees">{link(FORMATIONS, "Formations de formateurs")}</ul>
            })}
            <h2>"Inscription"</h2>
            <ul class="trouvees">
                {link(ORIENTATION, "Comment vous inscrivez-vous\u{a0}?")}
                {link(SERVICE_RH, "Par le service RH\u{a0}: à qui m’adresser")}
                {link(COLLECTIVITE, "Sélectionner ma collectivité")}
                {Etape::ALL.map(|etape| view! { <li><a href=etape.path()>{etape.label()}</a></li> }).collect_view()}
            </ul>
            <p class="aide">"Les étapes s’ouvrent une fois la première question répondue."</p>
            <h2>"Ce service"</h2>
            <ul class="trouvees">
                {link("/aide", "Aide")}
                {link("/accessibilite", "Déclaration d’accessibilité")}
                {link("/donnees-personnelles", "Données personnelles")}
                {link("/mentions-legales", "Mentions légales")}
                {link("/gestion/connexion", "Gestion des demandes, pour les gestionnaires du CNFPT")}
            </ul>
    }
    .into_any()
}
