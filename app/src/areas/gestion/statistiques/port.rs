//! Figures about the queue.

use async_trait::async_trait;
use domain::instant::Millis;
use serde::{Deserialize, Serialize};

use crate::base::appelants::Gestionnaire;
use crate::base::port::Reply;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statistiques {
    pub en_attente: u64,
    /// How long the oldest has waited.
    pub plus_ancienne: Option<Millis>,
    /// Half of the decisions of the last 90 days took less; the clock stands still during corrections.
    pub mediane: Option<Millis>,
    /// Nine in ten took less.
    pub p90: Option<Millis>,
    /// The number of decisions that the two figures above come from.
    pub decidees: u64,
    /// The last 26, this one included, oldest first.
    pub semaines: Vec<Semaine>,
    /// Refusals of the last 90 days, the most used first.
    pub motifs: Vec<(String, u64)>,
    /// Requests waiting or decided, the ten largest first.
    pub collectivites: Vec<(String, u64)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Semaine {
    /// Its Monday, midnight in France.
    pub debut: Millis,
    pub validations: u64,
    pub refus: u64,
    pub corrections: u64,
}

#[async_trait]
pub trait Mesures: Send + Sync {
    async fn statistics(&self, by: &Gestionnaire) -> Reply<Statistiques>;
}
