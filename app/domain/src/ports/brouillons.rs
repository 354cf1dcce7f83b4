//! The draft of a sign-up.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Client, DraftKey, Reply};
use crate::collectivite::Collectivite;
use crate::onglet::Contexte;
use crate::saisie::Ecriture;
use crate::{Brouillon, Cas, Etape};

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

#[async_trait]
pub trait Brouillons: Send + Sync {
    /// The draft behind a key; `None` when it was purged, sent or never was.
    async fn current(&self, key: &DraftKey) -> Reply<Option<BrouillonEnCours>>;
    /// Sets the case of the draft behind `key`, and keeps its answers. If that draft is gone, begins a new one.
    async fn start(&self, client: &Client, key: Option<&DraftKey>, cas: Cas) -> Reply<DraftKey>;
    /// `false` when the draft is gone.
    async fn choose_collectivite(&self, key: &DraftKey, collectivite: &Collectivite) -> Reply<bool>;
    /// Keeps the typed texts, right or wrong. Ignores names that the tab does not have, and cuts texts at 2,000
    /// characters. A write changes no field if a newer write of the same page was taken before. `visited` marks the
    /// tab as gone through. `None` when the draft is gone.
    async fn save(
        &self,
        key: &DraftKey,
        etape: Etape,
        fields: &[(String, String)],
        ecriture: Option<&Ecriture>,
        visited: bool,
    ) -> Reply<Option<BrouillonEnCours>>;
    /// Begins a draft in place of one that is gone, with the texts that a page still held, cut as in [`Self::save`].
    async fn reopen(
        &self,
        client: &Client,
        cas: Cas,
        collectivite: Option<&Collectivite>,
        brouillon: &Brouillon,
    ) -> Reply<(DraftKey, BrouillonEnCours)>;
    async fn erase(&self, key: &DraftKey) -> Reply<()>;
}
