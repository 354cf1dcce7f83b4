//! Deciding. Each decision is one conditional update with its journal line and its mail.

use async_trait::async_trait;
use domain::compte::Statut;
use domain::correction::Remarque;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use super::{LigneDemande, Prise, Verdict};
use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Motif {
    pub id: i64,
    pub libelle: String,
    /// The text that the person reads.
    pub texte: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// It took effect.
    Prise,
    /// It takes effect at this instant. Before that its author may cancel it.
    EnAttente {
        effet_le: Millis,
    },
    /// Somebody else was first, or the account changed meanwhile: its author, its new state and when.
    DejaPrise {
        par: String,
        statut: Statut,
        le: Millis,
    },
    /// A colleague looks after it.
    PriseEnCharge(Prise),
    /// A refusal needs a motive of the library.
    MotifManquant,
    /// A correction needs a remark on a field.
    RemarqueManquante,
    /// A suspension needs words for its person.
    MessageManquant,
    Introuvable,
}

/// Why a bulk decision would leave a file out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Exception {
    PasAValider(Statut),
    DejaDecidee {
        par: String,
    },
    PriseEnCharge {
        par: String,
    },
    /// So many other accounts may be the same person's.
    Doublon(usize),
    CourrielNonRemis,
}

impl Exception {
    /// For the gestionnaire.
    pub fn en_mots(&self) -> String {
        match self {
            Self::PasAValider(statut) => format!("état «\u{a0}{}\u{a0}»", statut.label()),
            Self::DejaDecidee { par } => format!("déjà décidée par {par}"),
            Self::PriseEnCharge { par } => format!("{par} s’en occupe"),
            Self::Doublon(1) => "un autre compte se ressemble\u{a0}: à comparer".to_owned(),
            Self::Doublon(count) => format!("{count} autres comptes se ressemblent\u{a0}: à comparer"),
            Self::CourrielNonRemis => "le dernier courriel n’a pas été remis".to_owned(),
        }
    }
}

/// A file of a bulk decision, before it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulation {
    pub ligne: LigneDemande,
    /// `None` if it would be decided.
    pub exception: Option<Exception>,
}

/// How a bulk decision went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BilanLot {
    /// The name of this bulk, to cancel its decisions together. `None` when they took effect at once.
    pub lot: Option<String>,
    pub prises: u32,
    /// Files that changed, or that somebody claimed or decided, since the dry run.
    pub ecartees: u32,
}

/// The outcome of a cancellation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Annulation {
    Annulee,
    /// It took effect or was cancelled already, or somebody else took it.
    TropTard,
}

/// As many files as a page of the queue has.
pub const LOT_MAX: usize = 50;

#[async_trait]
pub trait Decisions: Send + Sync {
    /// The motives that a gestionnaire may choose.
    async fn motifs(&self, by: &Gestionnaire) -> Reply<Vec<Motif>>;
    async fn validate(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision>;
    async fn refuse(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        motif: Option<i64>,
        message: &str,
    ) -> Reply<Decision>;
    /// Gives the request back to its person, with remarks on fields that may be corrected; others are ignored.
    async fn request_corrections(
        &self,
        by: &Gestionnaire,
        id: i64,
        version: i64,
        remarques: &[Remarque],
        message: &str,
    ) -> Reply<Decision>;
    /// Cancels a held decision: one's own or, for an administrateur, anybody's.
    async fn cancel(&self, by: &Gestionnaire, id: i64) -> Reply<Annulation>;
}

/// Changes of an account that was decided.
#[async_trait]
pub trait Statuts: Send + Sync {
    /// Puts a refused request back into the queue, within six months. Its waiting time starts again, and no mail says so.
    async fn reopen(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision>;
    /// Suspends the account, and ends its connexions. `liberer`: also frees the places that it holds.
    async fn suspend(&self, by: &Gestionnaire, id: i64, version: i64, message: &str, liberer: bool) -> Reply<Decision>;
    async fn resume(&self, by: &Gestionnaire, id: i64, version: i64) -> Reply<Decision>;
}

/// Decisions on several files at once.
#[async_trait]
pub trait Lots: Send + Sync {
    /// The effects of a bulk decision, file by file. Changes nothing. [`LOT_MAX`] files at most are looked at.
    /// A file that was erased is left out, and a repeated id counts once.
    async fn dry_run(&self, by: &Gestionnaire, verdict: Verdict, ids: &[i64]) -> Reply<Vec<Simulation>>;
    /// Takes decisions together: « Valider », or « Refuser » if there is a `refusal`. `files` are (id, version),
    /// [`LOT_MAX`] at most. `None` for a refusal without its motive.
    async fn bulk(
        &self,
        by: &Gestionnaire,
        files: &[(i64, i64)],
        refusal: Option<(Option<i64>, &str)>,
    ) -> Reply<Option<BilanLot>>;
    /// Cancels all one's own decisions of a bulk that are still held, and gives their number.
    async fn cancel_bulk(&self, by: &Gestionnaire, lot: &str) -> Reply<u32>;
}
