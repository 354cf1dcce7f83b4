//! The préinscriptions of the person who is signed in.

use async_trait::async_trait;
use domain::ReferencePreinscription;
use domain::formation::{Cause, EtatPreinscription, Phase, Seance, SiComplet};
use domain::instant::Millis;

use crate::base::appelants::Formateur;
use crate::base::port::Reply;

/// What a person may do about a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Possible {
    /// Press.
    Ouverte(Formulaire),
    /// They have an active préinscription.
    Deja {
        reference: ReferencePreinscription,
        etat: EtatPreinscription,
    },
    Impossible(Empechement),
}

/// The form of a session, for this person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formulaire {
    /// The preinscription goes through the service formation (cas 1).
    pub par_le_service: bool,
    /// Another wish of theirs has a séance at the same time: its title.
    pub chevauche: Option<String>,
}

/// Why a person can't press. Every one has its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Empechement {
    /// The préinscriptions are not open.
    Fermee(Phase),
    /// The account is not validated.
    PasActif,
    /// So many are under way already.
    EnCours(u32),
    /// They hold a place at the same time: its day and its title.
    Place { jour: String, intitule: String },
    /// Cas 1, and no service formation presents them any more.
    SansService,
}

impl Empechement {
    pub fn message(&self) -> String {
        match self {
            Self::Fermee(phase) => phase.why_not().unwrap_or_default(),
            Self::PasActif => {
                "Votre compte n’est pas actif\u{a0}: vous pourrez vous préinscrire quand il sera validé.".to_owned()
            }
            Self::EnCours(most) => format!(
                "Vous avez {most} préinscriptions en cours. Annulez-en une pour en ajouter une autre."
            ),
            Self::Place { jour, intitule } => format!(
                "Vous avez une place le {jour} pour «\u{a0}{intitule}\u{a0}». Annulez-la d’abord, ou choisissez d’autres dates."
            ),
            Self::SansService => "Votre compte passait par le service formation de votre collectivité, qui ne vous présente \
                plus. Pour vous préinscrire, créez un compte à titre personnel ou comme indépendant, avec une autre adresse."
                .to_owned(),
        }
    }
}

/// What a person says when they press.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voeu {
    pub si_complet: SiComplet,
    /// As typed; kept only if the session is examined.
    pub attentes: String,
    pub contact_referent: bool,
}

/// What a press did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presse {
    /// A row was written, in this state.
    Entree {
        reference: ReferencePreinscription,
        etat: EtatPreinscription,
    },
    /// There was one, active: nothing was written.
    Deja(ReferencePreinscription),
    /// No place was left, and they asked for nothing then.
    Rien,
    /// No place was left, and no room in the list.
    Complete,
    Impossible(Empechement),
    /// Too many came at the same moment: nothing was written.
    Affluence,
    /// No such session.
    Absente,
}

/// A préinscription as its person reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaPreinscription {
    pub reference: ReferencePreinscription,
    pub etat: EtatPreinscription,
    pub cause: Option<Cause>,
    /// The session's address: code and number.
    pub adresse: String,
    pub intitule: String,
    /// With their links only if the place is retained.
    pub seances: Vec<Seance>,
    pub phase: Phase,
    pub creee_le: Millis,
    /// In the list: how many are before, at most.
    pub devant: Option<u32>,
    /// The end of the offer, once its mail was handed over.
    pub offre_fin: Option<Millis>,
    /// Why it is not retained: the motive's words, what the service formation said.
    pub motif: Option<String>,
    pub observation: String,
    pub attentes: String,
    pub contact_referent: bool,
    /// Who pressed, if it was not the person.
    pub par: Option<&'static str>,
    /// How many of the séances are over.
    pub seances_passees: usize,
    /// The first séance has begun.
    pub commencee: bool,
    /// The last séance is over.
    pub passee: bool,
}

impl MaPreinscription {
    /// The séances that are not over.
    pub fn a_venir(&self) -> impl Iterator<Item = &Seance> {
        self.seances.iter().skip(self.seances_passees)
    }

    /// Whether the person may still give it up.
    pub fn may_be_withdrawn(&self) -> bool {
        self.etat.is_active() && !self.commencee
    }
}

/// How an answer to an offer, or a withdrawal, ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reponse {
    Faite,
    /// The offer had ended.
    Passee {
        fin: Option<Millis>,
    },
    /// Another place is at the same time: its day and its title.
    Chevauche {
        jour: String,
        intitule: String,
    },
    /// The row has moved: nothing was written.
    Perimee,
    /// No such préinscription of this person.
    Absente,
}

#[async_trait]
pub trait Preinscriptions: Send + Sync {
    /// What this person may do about a session. `None`: no such session.
    async fn possible(&self, who: &Formateur, code: &str, numero: i64) -> Reply<Option<Possible>>;
    /// Asks for a place. `recue` is when the request came in: opening and closing are compared with it.
    async fn press(&self, who: &Formateur, recue: Millis, code: &str, numero: i64, voeu: &Voeu) -> Reply<Presse>;
    /// All of them: to come in the order of their dates, then the past.
    async fn mine(&self, who: &Formateur) -> Reply<Vec<MaPreinscription>>;
    async fn one(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Option<MaPreinscription>>;
    async fn accept(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Reponse>;
    async fn decline(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Reponse>;
    async fn withdraw(&self, who: &Formateur, reference: ReferencePreinscription) -> Reply<Reponse>;
}
