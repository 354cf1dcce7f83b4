//! The directory of collectivités.

use async_trait::async_trait;
use domain::collectivite::{CleCollectivite, Collectivite, ContactFormation};

use crate::base::exchange::Client;
use crate::base::port::Reply;

#[async_trait]
pub trait Annuaire: Send + Sync {
    /// At most 20 entries, larger first. Counts against the client's search limit.
    async fn search(&self, client: &Client, text: &str) -> Reply<Vec<Collectivite>>;
    /// The generic employers, the only ones a cas 2 or 3 person signs up under.
    async fn generic(&self) -> Reply<Vec<Collectivite>>;
    /// The entries that a text names: a key `TYPE:CODE`, the exact line shown, or a name; 20 at most. If there is
    /// none, the results of [`Self::search`], counted for `client`. The staff passes `None`, since its lists refresh
    /// themselves.
    async fn named(&self, client: Option<&Client>, text: &str) -> Reply<Vec<Collectivite>>;
    /// The published contact of a collectivité, if it is known here.
    async fn contact(&self, cle: &CleCollectivite) -> Reply<Option<ContactFormation>>;
    /// The names of the communes of a French postal code.
    async fn communes(&self, client: &Client, code_postal: &str) -> Reply<Vec<String>>;
}
