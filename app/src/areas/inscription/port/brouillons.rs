//! The draft of a sign-up.

use async_trait::async_trait;
use domain::collectivite::Collectivite;
use domain::saisie::Ecriture;
use domain::{Brouillon, BrouillonEnCours, Cas, Etape};

use crate::base::exchange::{Client, DraftKey};
use crate::base::port::Reply;

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
