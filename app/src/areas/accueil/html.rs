//! The texts, as HTML.

mod accessibilite;
mod aide;
mod annuler;
mod connexion;
mod donnees_personnelles;
mod envoyee;
mod mentions_legales;
mod orientation;
mod plan;
mod service_rh;

use domain::collectivite::CleCollectivite;

use crate::areas::inscription::{DemandeEnvoyee, Inscriptions};
use crate::base::port::Ports;
use crate::onglet::annuaire::Annuaire;
pub use service_rh::Trouve;

use super::titres::Texte;
use crate::base::adresses::ORIENTATION;
use crate::base::erreur::ApiError;
use crate::base::routage::Recherche;
use crate::ui::{ErrorCode, PageRendue};

/// A page of text, or `None` if there is no such page or nothing to say on it.
pub async fn html(page: &str, ports: &Ports, recherche: &Recherche) -> Result<Option<PageRendue>, ApiError> {
    let Some(quoi) = Texte::from_code(page) else {
        ports.exchange.not_found();
        return Ok(None);
    };
    let exploitant = ports.exploitant.as_ref().clone();
    let given = |name: &str| recherche.get(name).unwrap_or_default();
    let refus = ErrorCode::read(|name| recherche.get(name));
    let erreur = refus.is_some();
    let contenu = match quoi {
        Texte::Accessibilite => accessibilite::contenu(exploitant),
        Texte::Aide => aide::contenu(exploitant),
        Texte::Annuler => annuler::contenu(refus),
        Texte::Connexion => connexion::contenu(refus, recherche, exploitant.preinscription_active),
        Texte::ConnexionGestion => connexion::contenu_gestion(refus, recherche),
        Texte::DonneesPersonnelles => donnees_personnelles::contenu(exploitant),
        Texte::Envoyee => match sent(ports).await? {
            Some(sent) => envoyee::contenu(sent, refus, recherche.get("renvoye").is_some()),
            None => return Ok(None),
        },
        Texte::MentionsLegales => mentions_legales::contenu(exploitant),
        Texte::Orientation => orientation::contenu(refus, recherche),
        Texte::Plan => plan::contenu(exploitant.preinscription_active),
        Texte::ServiceRh => {
            let texte = given("q");
            let trouve = service_formation(ports, &texte, &given("cle")).await?;
            service_rh::contenu(texte, trouve)
        }
    };
    Ok(Some(PageRendue::new(quoi.label(), erreur, contenu)))
}

/// The text of the operator, or a notice that it is missing.
fn or_missing(text: String) -> String {
    if text.is_empty() { "non renseigné par l’exploitant de ce service".to_owned() } else { text }
}

/// The request that was just sent from this browser. Leads to the beginning when there is none.
async fn sent(ports: &Ports) -> Result<Option<DemandeEnvoyee>, ApiError> {
    let sent = match ports.exchange.draft_key() {
        Some(key) => ports.of::<dyn Inscriptions>().sent(&key).await?,
        None => None,
    };
    if sent.is_none() {
        ports.exchange.redirect(ORIENTATION);
    }
    Ok(sent)
}

/// The collectivité of this key, or those that the text may mean.
async fn service_formation(ports: &Ports, texte: &str, cle: &str) -> Result<Trouve, ApiError> {
    if let Some(cle) = CleCollectivite::parse(cle)
        && let Some(collectivite) =
            ports.of::<dyn Annuaire>().named(Some(&ports.exchange.client()), &cle.to_string()).await?.into_iter().next()
        && !collectivite.is_generic()
    {
        let contact = ports.of::<dyn Annuaire>().contact(&collectivite.cle).await?;
        return Ok(Trouve::Choisie(collectivite, contact));
    }
    let mut found = Vec::new();
    if !texte.trim().is_empty() {
        found = ports.of::<dyn Annuaire>().search(&ports.exchange.client(), texte).await?;
        if found.is_empty() && texte.contains('(') {
            // The text may be a whole line copied from another page, which holds more than the name.
            found = ports.of::<dyn Annuaire>().named(Some(&ports.exchange.client()), texte).await?;
        }
        found.retain(|found| !found.is_generic());
    }
    Ok(Trouve::Liste(found))
}
