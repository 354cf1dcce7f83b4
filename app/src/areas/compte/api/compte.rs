use std::collections::BTreeMap;

use domain::Etape;
use domain::correction::correctable;
use domain::exploitant::Exploitant;
use domain::saisie::changed;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::areas::acces::{ConnexionOuverte, own_connexions};
use crate::areas::compte::port::{
    AccuseReception, Comptes, CorrectionEnCours, Corrections, MonCompte, OuvertureRelecture, RetourCorrection,
};
use crate::base::adresses::{CORRECTIONS, MON_COMPTE, RETIRER, correction_path, suivi_path, with_parameter};
use crate::base::appel::appels;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::paquet::Paquet;
use crate::base::refus::Refus;

acces! {
    Formateur: ReadAccount, ReadReceipt, Withdraw, OpenReview, SaveCorrection, SendBack;
}

appels! {
    ReadAccount {}
    ReadReceipt {}
}

/// Where an active account pre-registers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OuPreinscrire {
    /// On this service.
    Ici,
    /// At this address.
    Ailleurs(String),
    /// The operator has not published the address.
    Inconnu,
}

impl OuPreinscrire {
    fn of(exploitant: &Exploitant) -> Self {
        match exploitant.lien_preinscription.as_str() {
            _ if exploitant.preinscription_active => Self::Ici,
            "" => Self::Inconnu,
            link => Self::Ailleurs(link.to_owned()),
        }
    }
}

/// The person's own account, their connexions, and where an active one pre-registers.
#[server(output = Paquet)]
pub async fn read_account() -> Result<Option<(MonCompte, Vec<ConnexionOuverte>, OuPreinscrire)>, ApiError> {
    let Some((who, ports)) = entrer::<ReadAccount>().await? else { return Ok(None) };
    let compte = ports.of::<dyn Comptes>().mine(&who).await?;
    let connexions = own_connexions(&ports).await?;
    Ok(Some((compte, connexions, OuPreinscrire::of(&ports.exploitant))))
}

/// The receipt of the request, and the operator who gives it.
#[server(output = Paquet)]
pub async fn read_receipt() -> Result<Option<(AccuseReception, Exploitant)>, ApiError> {
    let Some((who, ports)) = entrer::<ReadReceipt>().await? else { return Ok(None) };
    let accuse = ports.of::<dyn Comptes>().receipt(&who).await?;
    if accuse.is_none() {
        ports.exchange.redirect(MON_COMPTE);
    }
    Ok(accuse.map(|accuse| (accuse, ports.exploitant.as_ref().clone())))
}

#[server]
pub async fn withdraw() -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<Withdraw>().await? else { return Ok(()) };
    let outcome = ports.of::<dyn Comptes>().withdraw(&who).await.map(|token| match token {
        Some(token) => {
            ports.exchange.forget_connexion();
            suivi_path(&token)
        }
        None => MON_COMPTE.to_owned(),
    });
    go(outcome, RETIRER)
}

/// Shows the agent what their service formation typed, if the birth date is right.
#[server]
pub async fn open_review(#[server(default)] date_naissance: String) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<OpenReview>().await? else { return Ok(()) };
    let outcome = ports.of::<dyn Corrections>().open_review(&who, &date_naissance).await.map(|outcome| match outcome {
        OuvertureRelecture::Illisible => Refus::Date.at(CORRECTIONS),
        OuvertureRelecture::Fausse { restants } if restants > 0 => Refus::Fausse.with(CORRECTIONS, "essais", restants),
        OuvertureRelecture::Ouverte | OuvertureRelecture::Fausse { .. } => CORRECTIONS.to_owned(),
    });
    go(outcome, CORRECTIONS)
}

/// Keeps a tab of a correction, and goes to the next one, or back to the list of them.
#[server]
pub async fn save_correction(
    etape: Etape,
    #[server(default)] champs: BTreeMap<String, String>,
    #[server(default)] marques: String,
    #[server(default)] suite: String,
) -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<SaveCorrection>().await? else { return Ok(()) };
    let fields = changed(etape, &champs, &marques);
    let saved = ports.of::<dyn Corrections>().save_correction(&who, etape, &fields).await;
    let all = !suite.is_empty();
    go(saved.map(|correction| after_tab(correction, etape, all)), &correction_path(etape))
}

/// `all`: the agent goes through every tab, so a tab does not lead back to the list.
fn after_tab(correction: Option<CorrectionEnCours>, etape: Etape, all: bool) -> String {
    let Some(correction) = correction else { return MON_COMPTE.to_owned() };
    let ctx = correction.contexte();
    let onglet = correction.brouillon.onglet(etape);
    let wrong = onglet.errors(&ctx).into_iter().any(|(at, _)| correctable(etape, onglet.specs()[at].name, &ctx));
    let going_on = |path: String| if all { with_parameter(&path, "suite", "1") } else { path };
    if wrong {
        return going_on(with_parameter(&correction_path(etape), "verifier", "1"));
    }
    if correction.relecture {
        let next = correction.etapes().into_iter().find(|next| all && *next > etape);
        return next.map_or_else(|| CORRECTIONS.to_owned(), |next| going_on(correction_path(next)));
    }
    let left = |next: &Etape| *next > etape && !correction.brouillon.visites.contains(next);
    correction.etapes().into_iter().find(left).map_or_else(|| CORRECTIONS.to_owned(), correction_path)
}

#[server]
pub async fn send_back() -> Result<(), ApiError> {
    let Some((who, ports)) = entrer::<SendBack>().await? else { return Ok(()) };
    let outcome = ports.of::<dyn Corrections>().send_back(&who).await.map(|outcome| match outcome {
        RetourCorrection::Renvoyee => format!("{MON_COMPTE}?renvoyee=1"),
        RetourCorrection::Certifiee => format!("{MON_COMPTE}?certifiee=1"),
        RetourCorrection::Incomplete(etape) => format!("{}?verifier=1", correction_path(etape)),
        RetourCorrection::SansObjet => MON_COMPTE.to_owned(),
    });
    go(outcome, CORRECTIONS)
}
