use domain::collectivite::Collectivite;
use leptos::prelude::*;

use crate::areas::acces::{InvitationServiceFormation, Invitations, ServiceFormationInvite};
use crate::base::adresses::{DEMANDES, SERVICES_FORMATION, encode};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::{Notice, notices};
use crate::base::paquet::Paquet;
use crate::base::port::{Ports, Reply};
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};
use crate::onglet::annuaire::Annuaire;

notices! {
    /// On the page of the services formation.
    pub enum NoticeServicesFormation {
        Invite = "invite", true, "Invitation envoyée. Le lien vaut 72\u{a0}heures\u{a0}; ceux d’avant ne servent plus.";
        Desactive = "desactive", true, "Accès désactivé\u{a0}: ses connexions et ses liens sont fermés.";
        Connexions = "connexions", true, "Connexions fermées\u{a0}: le service doit se reconnecter.";
        SansObjet = "sans-objet", false, "Rien n’a été changé\u{a0}: la situation a changé entre-temps.";
    }
}

acces! {
    Administrateur: ReadServices, InviteService, DisableService;
}

appels! {
    ReadServices { texte }
}

/// The services formation. If `texte` was refused because it means several collectivités, they come too.
#[server(output = Paquet)]
pub async fn read_services(
    #[server(default)] texte: String,
) -> Result<Option<Vue<(Vec<ServiceFormationInvite>, Vec<Collectivite>)>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadServices>().await? else { return Ok(None) };
    let named =
        if texte.trim().is_empty() { Vec::new() } else { ports.of::<dyn Annuaire>().named(None, &texte).await? };
    let known = ports.of::<dyn Invitations>().services_formation(&by).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu: (known, named) }))
}

/// `collectivite`: a key, the line shown, or a name that only one entry has.
#[server]
pub async fn invite_service(
    #[server(default)] courriel: String,
    #[server(default)] collectivite: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<InviteService>().await? else { return Ok(()) };
    go(invited(&ports, &by, &courriel, &collectivite).await, SERVICES_FORMATION)
}

async fn invited(
    ports: &Ports,
    by: &crate::base::appelants::Administrateur,
    courriel: &str,
    collectivite: &str,
) -> Reply<String> {
    let named = ports.of::<dyn Annuaire>().named(None, collectivite).await?;
    let [one] = named.as_slice() else {
        // The name of a collectivité is no personal data, so an address may hold it.
        let text = encode(collectivite);
        return Ok(Refus::Collectivite.with(SERVICES_FORMATION, "collectivite", text));
    };
    Ok(match ports.of::<dyn Invitations>().invite_service_formation(by, courriel, &one.cle).await? {
        InvitationServiceFormation::Envoyee => NoticeServicesFormation::Invite.at(SERVICES_FORMATION),
        InvitationServiceFormation::AdresseInvalide => {
            Refus::Adresse.with(SERVICES_FORMATION, "collectivite", encode(&one.cle.to_string()))
        }
        InvitationServiceFormation::SansDroit => Refus::Droit.at(DEMANDES),
        InvitationServiceFormation::CollectiviteInconnue => Refus::Generique.at(SERVICES_FORMATION),
    })
}

#[server]
pub async fn disable_service(id: i64) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<DisableService>().await? else { return Ok(()) };
    let done = ports.of::<dyn Invitations>().disable_service_formation(&by, id).await;
    let notice = |done| if done { NoticeServicesFormation::Desactive } else { NoticeServicesFormation::SansObjet };
    go(done.map(|done| notice(done).at(SERVICES_FORMATION)), SERVICES_FORMATION)
}
