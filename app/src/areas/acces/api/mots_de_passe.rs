use domain::valeurs::MotDePasseRefuse;
use leptos::prelude::*;

use crate::areas::acces::port::{ChangementMotDePasse, MotsDePasse};
use crate::base::adresses::{
    MON_COMPTE, MOT_DE_PASSE, REGLAGES, SERVICE_FORMATION, SERVICE_MOT_DE_PASSE, STAFF_MOT_DE_PASSE,
};
use crate::base::appel::appels;
use crate::base::appelants::Titulaire;
use crate::base::droits::{Connecte, acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;
use crate::base::vue::{Qui, Vue};

acces! {
    Connecte: ChangePassword;
    Formateur: ReadPassword;
    ServiceFormation: ReadServicePassword;
    Gestionnaire: ReadStaffPassword;
}

appels! {
    ReadPassword {}
    ReadServicePassword {}
    ReadStaffPassword {}
}

/// The address that the person signs in with, whose password it is.
#[server(output = Paquet)]
pub async fn read_password() -> Result<Option<String>, ApiError> {
    let Some((who, ports)) = entrer::<ReadPassword>().await? else { return Ok(None) };
    Ok(Some(ports.of::<dyn MotsDePasse>().identifiant(Titulaire::Formateur(who.compte_id)).await?))
}

#[server(output = Paquet)]
pub async fn read_service_password() -> Result<Option<String>, ApiError> {
    let Some((who, ports)) = entrer::<ReadServicePassword>().await? else { return Ok(None) };
    Ok(Some(ports.of::<dyn MotsDePasse>().identifiant(Titulaire::ServiceFormation(who.id)).await?))
}

#[server(output = Paquet)]
pub async fn read_staff_password() -> Result<Option<Vue<String>>, ApiError> {
    let Some((by, ports)) = entrer::<ReadStaffPassword>().await? else { return Ok(None) };
    let contenu = ports.of::<dyn MotsDePasse>().identifiant(Titulaire::Gestionnaire(by.id)).await?;
    Ok(Some(Vue { qui: Qui::of(&by, &ports), contenu }))
}

#[server]
pub async fn change_password(
    #[server(default)] actuel: String,
    #[server(default)] mot_de_passe: String,
) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<ChangePassword>().await? else { return Ok(()) };
    let (back, home) = pages_of(&who);
    let client = ports.exchange.client();
    let outcome = ports.of::<dyn MotsDePasse>().change_password(&client, &who, &actuel, &mot_de_passe).await;
    let to = outcome.map(|outcome| match outcome {
        ChangementMotDePasse::Change(connexion) => {
            ports.exchange.keep_connexion(&connexion);
            format!("{home}?mot-de-passe=change")
        }
        ChangementMotDePasse::ActuelFaux => Refus::Passe.at(back),
        ChangementMotDePasse::Retarde { minutes } => Refus::Delai.with(back, "minutes", minutes),
        ChangementMotDePasse::Refuse(why) => refusal(why, back == STAFF_MOT_DE_PASSE).at(back),
        ChangementMotDePasse::SansObjet => Refus::SansObjet.at(back),
    });
    go(to, back)
}

/// The page of the form, and the page that leads to it.
fn pages_of(who: &Connecte) -> (&'static str, &'static str) {
    match who.titulaire {
        Titulaire::Formateur(_) => (MOT_DE_PASSE, MON_COMPTE),
        Titulaire::ServiceFormation(_) => (SERVICE_MOT_DE_PASSE, SERVICE_FORMATION),
        Titulaire::Gestionnaire(_) => (STAFF_MOT_DE_PASSE, REGLAGES),
    }
}

/// The code of a refused password, for the address of a page.
pub(super) fn refusal(why: MotDePasseRefuse, staff: bool) -> Refus {
    match why {
        MotDePasseRefuse::TropCourt if staff => Refus::Court15,
        MotDePasseRefuse::TropCourt => Refus::Court,
        MotDePasseRefuse::TropLong => Refus::Long,
        MotDePasseRefuse::TropFaible => Refus::Faible,
        MotDePasseRefuse::Fuite => Refus::Fuite,
    }
}
