//! The person's own account.

use async_trait::async_trait;
use domain::correction::Remarque;
use domain::instant::Millis;
use domain::onglet::Contexte;
use domain::suivi::Suivi;
use domain::{Brouillon, Cas, Etape, Rubrique, correction};
use serde::{Deserialize, Serialize};

use crate::base::appelants::Formateur;
use crate::base::port::Reply;

/// The person's view of their account. Before `Actif` it holds no birth date, phone or postal address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonCompte {
    pub prenom: String,
    pub nom: String,
    pub courriel: String,
    pub cas: Cas,
    pub employeur: String,
    pub suivi: Suivi,
    /// For a refusal: the motive's wording and the gestionnaire's message.
    pub motif: Option<String>,
    pub message: Option<String>,
    /// Tab by tab, as read; empty before `Actif`.
    pub donnees: Vec<Rubrique>,
}

/// The content of a request's receipt (CRPA, R112-11-1), besides the operator who gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccuseReception {
    pub prenom: String,
    pub nom: String,
    pub reference: domain::Reference,
    /// When the address was confirmed: only then is there a request.
    pub recue_le: Millis,
    /// The operator's words on what silence means and from when; may be empty.
    pub silence: String,
}

/// A correction that waits for its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionEnCours {
    pub cas: Cas,
    /// Today in France: (year, month 1–12, day).
    pub today: (i32, u8, u8),
    pub demandee_le: Millis,
    /// When the request is withdrawn by itself.
    pub fin: Millis,
    /// Whether no gestionnaire asked for it: the agent checks what their service formation typed, and certifies it.
    pub relecture: bool,
    /// The gestionnaire's words; may be empty.
    pub message: String,
    pub remarques: Vec<Remarque>,
    /// The former answers.
    pub avant: Brouillon,
    /// The answers being corrected; `visites` holds the tabs gone through.
    pub brouillon: Brouillon,
}

impl CorrectionEnCours {
    pub fn contexte(&self) -> Contexte {
        Contexte::on(self.cas, self.today)
    }

    /// The tabs that have a remark, in their order. All of them if the agent checks what their service formation
    /// typed.
    pub fn etapes(&self) -> Vec<Etape> {
        if self.relecture {
            return correction::etapes().collect();
        }
        let asked = |etape: &Etape| self.remarques.iter().any(|remarque| remarque.etape == *etape);
        Etape::ALL.into_iter().filter(asked).collect()
    }
}

/// The step that the person must take before their request goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ARevoir {
    Ouverte(Box<CorrectionEnCours>),
    /// The birth date must be given before anything is shown, because the mail may have gone to a wrong address.
    Fermee {
        /// How many tries are left.
        restants: u32,
        /// When the request is withdrawn by itself.
        fin: Millis,
    },
}

/// The outcome of a birth date given to open what a service formation typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OuvertureRelecture {
    Ouverte,
    /// The text is no date that exists.
    Illisible,
    Fausse {
        restants: u32,
    },
}

/// The outcome of corrections sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetourCorrection {
    Renvoyee,
    /// The agent certified what their service formation had typed: the request is sent.
    Certifiee,
    /// This tab can't be sent as it is.
    Incomplete(Etape),
    /// Nothing is asked any more.
    SansObjet,
}

#[async_trait]
pub trait Comptes: Send + Sync {
    async fn mine(&self, who: &Formateur) -> Reply<MonCompte>;
    /// `None` before the activation.
    async fn receipt(&self, who: &Formateur) -> Reply<Option<AccuseReception>>;
    /// Takes the request back before a decision, and ends its connexions. Gives a token for its follow-up, or `None`
    /// when it was too late.
    async fn withdraw(&self, who: &Formateur) -> Reply<Option<String>>;
}

/// What the person is asked to correct or to check.
#[async_trait]
pub trait Corrections: Send + Sync {
    /// `None` when nothing is asked.
    async fn correction(&self, who: &Formateur) -> Reply<Option<ARevoir>>;
    /// Shows the agent what their service formation typed, if the birth date is right.
    async fn open_review(&self, who: &Formateur, date_naissance: &str) -> Reply<OuvertureRelecture>;
    /// Keeps the typed texts, right or wrong. Ignores fields that can't be corrected and tabs without a remark.
    /// `None` when nothing is asked, or before the birth date was given.
    async fn save_correction(
        &self,
        who: &Formateur,
        etape: Etape,
        fields: &[(String, String)],
    ) -> Reply<Option<CorrectionEnCours>>;
    /// Reads every tab again and gives the request back to the queue. The time that the person took is no waiting time.
    async fn send_back(&self, who: &Formateur) -> Reply<RetourCorrection>;
}
