//! The validation queue, and one file of it.

use async_trait::async_trait;
use domain::compte::Statut;
use domain::correction::{Changement, Remarque};
use domain::filtre::FiltreDemandes;
use domain::instant::Millis;
use domain::{Cas, Reference, Rubrique, codes};
use serde::{Deserialize, Serialize};

use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LigneDemande {
    pub id: i64,
    /// A decision must name this number. Every change of the account changes it.
    pub version: i64,
    pub reference: Reference,
    pub nom: String,
    pub prenom: String,
    pub cas: Cas,
    pub statut: Statut,
    /// The last change of state.
    pub depuis: Millis,
    /// Since when a decision is awaited, moved later by the time that corrections took.
    pub attend_depuis: Option<Millis>,
    pub prise: Option<Prise>,
    pub decision: Option<DecisionEnAttente>,
}

impl LigneDemande {
    /// How long a decision has been awaited; the clock stands still while the person has corrections to make.
    pub fn attente(&self, now: Millis) -> Option<Millis> {
        let since = self.attend_depuis?;
        match self.statut {
            Statut::AValider => Some(now - since),
            Statut::ACompleter => Some(self.depuis - since),
            _ => None,
        }
    }
}

/// A gestionnaire's claim on a request, for a quarter of an hour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prise {
    pub par: String,
    pub par_moi: bool,
    pub jusqu_a: Millis,
}

/// A decision taken, that its author may still cancel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionEnAttente {
    pub verdict: Verdict,
    pub par: String,
    pub par_moi: bool,
    /// When it takes effect.
    pub effet_le: Millis,
}

codes! {
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    pub enum Verdict {
        Valider = "valider", "Valider";
        Refuser = "refuser", "Refuser";
        Corriger = "corriger", "Demander des corrections";
    }
}

/// A number of requests, as far as it was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    Exact(u64),
    /// There are more: counting stopped at this number.
    PlusDe(u64),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListeDemandes {
    /// 50 at most.
    pub lignes: Vec<LigneDemande>,
    /// The keys of the pages around this one.
    pub precedente: Option<String>,
    pub suivante: Option<String>,
    pub total: Total,
    /// How many accounts are in each state, in the order of [`Statut::ALL`].
    pub compteurs: Vec<(Statut, u64)>,
    /// The line of the collectivité that the filter names, if it names one.
    pub collectivite: Option<String>,
    /// The server's now, for ages.
    pub maintenant: Millis,
}

/// A file's neighbours in the filter it was opened from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voisines {
    pub precedente: Option<i64>,
    pub suivante: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    pub ligne: LigneDemande,
    pub courriel: String,
    pub employeur: String,
    /// The service formation that presented the agent, in cas 1.
    pub presentee_par: Option<String>,
    pub donnees: Vec<Rubrique>,
    pub voisines: Voisines,
    /// Other accounts that may be the same person's.
    pub doublons: Vec<Doublon>,
    /// The mails to the person, newest first.
    pub courriels: Vec<CourrielDossier>,
    /// Newest first.
    pub notes: Vec<Note>,
    /// Newest first.
    pub corrections: Vec<CorrectionPassee>,
    /// Newest first.
    pub historique: Vec<Evenement>,
    /// The sessions in which the account holds a place, in words.
    pub places: Vec<String>,
    /// The message to the person with a refusal or a suspension, if there was one.
    pub message: Option<String>,
    /// Until when a refusal may be reopened.
    pub rouvrable_jusqu_a: Option<Millis>,
    pub maintenant: Millis,
}

/// Another account, and why it may be the same person's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doublon {
    pub ligne: LigneDemande,
    /// The same birth date, with the same folded name.
    pub identite: bool,
    /// The same birth date, with a name that only blanks and hyphens tell apart: « Jean-Louis », « Jeanlouis ».
    pub proche: bool,
    pub telephone: bool,
}

/// Two files, answer by answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparaison {
    pub gauche: LigneDemande,
    pub droite: LigneDemande,
    pub rangs: Vec<RangCompare>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RangCompare {
    pub label: String,
    pub gauche: String,
    pub droite: String,
}

/// A mail to the person, as the gestionnaires follow it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CourrielDossier {
    pub id: i64,
    pub quoi: String,
    /// When it was handed over; before that, when it was asked for.
    pub le: Millis,
    pub etat: EtatCourriel,
    /// Whether it may be put back into the queue once it is given up.
    pub renvoyable: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EtatCourriel {
    EnFile,
    /// Put off, why, and when it is tried next.
    Differe {
        pourquoi: String,
        prochain_envoi_le: Millis,
    },
    Remis,
    /// Given up, and why.
    Abandonne {
        pourquoi: String,
    },
}

/// A note between gestionnaires. The person reads it only if they ask for their data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub le: Millis,
    pub par: String,
    pub texte: String,
}

/// A correction asked for, and its result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionPassee {
    pub demandee_le: Millis,
    /// `None` if nobody asked: the agent checked what their service formation had typed.
    pub par: Option<String>,
    /// To the person; may be empty.
    pub message: String,
    pub remarques: Vec<Remarque>,
    /// `None` while the person has it.
    pub renvoyee_le: Option<Millis>,
    /// Empty until it came back.
    pub changements: Vec<Changement>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evenement {
    pub le: Millis,
    /// In words, for a person.
    pub quoi: String,
    pub par: String,
    /// Whether it changed the state.
    pub change_etat: bool,
}

/// The outcome of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PriseEnCharge {
    Prise,
    /// Someone else has it.
    DejaPrise(Prise),
    Introuvable,
}

/// The outcome of a corrected address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionAdresse {
    Envoyee,
    Invalide,
    /// The account was activated or ended meanwhile: from then on only its person changes the address.
    TropTard,
    /// The address got its mails of the day.
    TropDeCourriels,
}

#[async_trait]
pub trait Demandes: Send + Sync {
    async fn list(&self, by: &Gestionnaire, filtre: &FiltreDemandes) -> Reply<ListeDemandes>;
    /// `filtre` is where the file was opened from, for its neighbours.
    async fn dossier(&self, by: &Gestionnaire, id: i64, filtre: &FiltreDemandes) -> Reply<Option<Dossier>>;
    async fn compare(&self, by: &Gestionnaire, gauche: i64, droite: i64) -> Reply<Option<Comparaison>>;
    /// Claims the request for a quarter of an hour, or prolongs the claim. `over` takes it from a colleague.
    async fn claim(&self, by: &Gestionnaire, id: i64, over: bool) -> Reply<PriseEnCharge>;
    /// Gives one's own claim back.
    async fn release(&self, by: &Gestionnaire, id: i64) -> Reply<()>;
    /// `false` when there is no text or no such file. Texts are cut at 2,000 characters.
    async fn note(&self, by: &Gestionnaire, id: i64, texte: &str) -> Reply<bool>;
    /// Puts a mail that was given up back into the queue; `false` when it is not one of this file.
    async fn send_again(&self, by: &Gestionnaire, id: i64, courriel: i64) -> Reply<bool>;
    /// Mails one more activation link, if the account awaits its activation. `false` when the address got its mails
    /// of the day.
    async fn renew_link(&self, by: &Gestionnaire, id: i64) -> Reply<bool>;
    /// Changes an address that nobody has proved: ends its links, and mails one to the new address.
    async fn correct_address(&self, by: &Gestionnaire, id: i64, courriel: &str) -> Reply<CorrectionAdresse>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_stands_still_during_corrections() {
        let mut ligne = LigneDemande {
            id: 1,
            version: 1,
            reference: Reference::new(1),
            nom: String::new(),
            prenom: String::new(),
            cas: Cas::Personnel,
            statut: Statut::AValider,
            depuis: 50,
            attend_depuis: Some(20),
            prise: None,
            decision: None,
        };
        assert_eq!(ligne.attente(90), Some(70));
        ligne.statut = Statut::ACompleter;
        assert_eq!(ligne.attente(90), Some(30));
        ligne.statut = Statut::Actif;
        assert_eq!(ligne.attente(90), None);
    }
}
