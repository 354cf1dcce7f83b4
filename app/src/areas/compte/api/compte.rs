use std::collections::BTreeMap;

use domain::Etape;
use domain::correction::correctable;
use domain::exploitant::Exploitant;
use domain::formation::EtatPreinscription;
use domain::instant::Millis;
use domain::saisie::changed;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::areas::acces::{ConnexionOuverte, own_connexions};
use crate::areas::compte::port::{
    AccuseReception, Comptes, CorrectionEnCours, Corrections, MonCompte, OuvertureRelecture, RetourCorrection,
};
use crate::areas::formations::{MaPreinscription, Preinscriptions};
use crate::base::adresses::{CORRECTIONS, MON_COMPTE, RETIRER, correction_path, suivi_path, with_parameter};
use crate::base::appel::appels;
use crate::base::appelants::Formateur;
use crate::base::droits::{acces, entrer};
use crate::base::erreur::{ApiError, go};
use crate::base::paquet::Paquet;
use crate::base::port::{Ports, Reply};
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
    Ici(Attendu),
    /// At this address.
    Ailleurs(String),
    /// The operator has not published the address.
    Inconnu,
}

/// What waits for a person: offers to answer first of all, then the next séance.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendu {
    pub offres: Vec<Offre>,
    pub prochaine: Option<Prochaine>,
}

/// A place that was offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offre {
    pub reference: String,
    pub intitule: String,
    /// `None` until its mail was handed over.
    pub fin: Option<Millis>,
}

/// The next séance of a retained place, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prochaine {
    pub reference: String,
    pub intitule: String,
    /// « jeudi 11 mars 2027, de 9 h à 17 h, Toulouse ».
    pub quand: String,
}

impl Attendu {
    fn of(mine: Vec<MaPreinscription>) -> Self {
        let mut attendu = Self::default();
        let mut soonest = Millis::MAX;
        for row in mine.into_iter().filter(|row| !row.passee) {
            let reference = row.reference.to_string();
            match row.etat {
                EtatPreinscription::Proposee => {
                    attendu.offres.push(Offre { reference, intitule: row.intitule, fin: row.offre_fin });
                }
                EtatPreinscription::Retenue => {
                    let next = row.a_venir().min_by_key(|seance| seance.commence());
                    if let Some(seance) = next.filter(|seance| seance.commence() < soonest) {
                        soonest = seance.commence();
                        let quand = format!("{}, {}, {}", seance.date(), seance.heures(), seance.lieu.court());
                        let intitule = row.intitule.clone();
                        attendu.prochaine = Some(Prochaine { reference, intitule, quand });
                    }
                }
                _ => {}
            }
        }
        attendu
    }
}

/// Where this person pre-registers, and what waits for them there.
async fn where_to(ports: &Ports, who: &Formateur) -> Reply<OuPreinscrire> {
    let exploitant = &ports.exploitant;
    if exploitant.preinscription_active {
        return Ok(OuPreinscrire::Ici(Attendu::of(ports.of::<dyn Preinscriptions>().mine(who).await?)));
    }
    Ok(match exploitant.lien_preinscription.as_str() {
        "" => OuPreinscrire::Inconnu,
        link => OuPreinscrire::Ailleurs(link.to_owned()),
    })
}

/// The person's own account, their connexions, and where an active one pre-registers.
#[server(output = Paquet)]
pub async fn read_account() -> Result<Option<(MonCompte, Vec<ConnexionOuverte>, OuPreinscrire)>, ApiError> {
    let Some((who, ports)) = entrer::<ReadAccount>().await? else { return Ok(None) };
    let compte = ports.of::<dyn Comptes>().mine(&who).await?;
    let connexions = own_connexions(&ports).await?;
    Ok(Some((compte, connexions, where_to(&ports, &who).await?)))
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
