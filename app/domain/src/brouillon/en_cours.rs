use serde::{Deserialize, Serialize};

use crate::collectivite::Collectivite;
use crate::{Brouillon, Cas, Contexte};

/// A draft, and the facts that its rules depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrouillonEnCours {
    pub cas: Cas,
    pub collectivite: Option<Collectivite>,
    pub brouillon: Brouillon,
    /// Today in France: (year, month 1–12, day).
    pub today: (i32, u8, u8),
    /// The last day its answers are kept if nobody saves again, in words.
    pub fin: String,
}

impl BrouillonEnCours {
    pub fn contexte(&self) -> Contexte {
        Contexte::on(self.cas, self.today)
    }
}
