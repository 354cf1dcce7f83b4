use leptos::prelude::*;

use crate::areas::acces::{Connexions, ConnexionsDe};
use crate::areas::gestion::dossiers::api::dossiers::NoticeDossier;
use crate::areas::gestion::equipe::api::NoticeEquipe;
use crate::areas::gestion::services_formation::api::NoticeServicesFormation;
use crate::base::adresses::{EQUIPE, SERVICES_FORMATION, dossier_path};
use crate::base::appel::appels;
use crate::base::appelants::Titulaire;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::notice::Notice;
use crate::base::paquet::Paquet;
use crate::base::vue::{Qui, Vue};

acces! {
    Administrateur: ReadConnexionsOf, EndConnexions;
}

appels! {
    ReadConnexionsOf { de, id }
}

/// The connexions that an administrateur is about to end. `de` is « membre », « compte » or « service ».
#[server(output = Paquet)]
pub async fn read_connexions_of(de: String, id: i64) -> Result<Option<Vue<Option<ConnexionsDe>>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadConnexionsOf>().await? else { return Ok(None) };
    let contenu = match titulaire(&de, id) {
        Some(whose) => ports.of::<dyn Connexions>().connexions_of(&by, whose).await?,
        None => None,
    };
    if contenu.is_none() {
        ports.exchange.not_found();
    }
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn end_connexions(
    #[server(default)] de: String,
    id: i64,
    #[server(default)] retour: String,
) -> Result<(), ApiError> {
    let Some((by, ports)) = entrer::<EndConnexions>().await? else { return Ok(()) };
    let Some(whose) = titulaire(&de, id) else { return go(Ok(EQUIPE.to_owned()), EQUIPE) };
    let back = match whose {
        Titulaire::Formateur(id) => dossier_path(id, &retour),
        Titulaire::ServiceFormation(_) => SERVICES_FORMATION.to_owned(),
        Titulaire::Gestionnaire(_) => EQUIPE.to_owned(),
    };
    let outcome = ports.of::<dyn Connexions>().end_connexions(&by, whose).await;
    let to = |ended| match (whose, ended) {
        (Titulaire::Formateur(_), true) => NoticeDossier::Connexions.at(&back),
        (Titulaire::Formateur(_), false) => NoticeDossier::SansObjet.at(&back),
        (Titulaire::ServiceFormation(_), true) => NoticeServicesFormation::Connexions.at(&back),
        (Titulaire::ServiceFormation(_), false) => NoticeServicesFormation::SansObjet.at(&back),
        (Titulaire::Gestionnaire(_), true) => NoticeEquipe::Connexions.at(&back),
        (Titulaire::Gestionnaire(_), false) => NoticeEquipe::SansObjet.at(&back),
    };
    go(outcome.map(to), &back)
}

fn titulaire(de: &str, id: i64) -> Option<Titulaire> {
    match de {
        "membre" => Some(Titulaire::Gestionnaire(id)),
        "compte" => Some(Titulaire::Formateur(id)),
        "service" => Some(Titulaire::ServiceFormation(id)),
        _ => None,
    }
}
