//! The directory of collectivités.

use async_trait::async_trait;

use super::{Client, Reply};
use crate::collectivite::{CleCollectivite, Collectivite, ContactFormation};

#[async_trait]
pub trait Annuaire: Send + Sync {
    /// At most 20 entries, larger first. Counts against the client's search limit.
    async fn search(&self, client: &Client, text: &str) -> Reply<Vec<Collectivite>>;
    /// The generic employers, the only ones a cas 2 or 3 person signs up under.
    async fn generic(&self) -> Reply<Vec<Collectivite>>;
    /// What a person's text names: a key `TYPE:CODE`, the exact line shown, or a name; all that match, 20 at most. Failing
    /// those, what [`Self::search`] finds, counted as it is; `None` of the staff, whose lists ask again by themselves.
    async fn named(&self, client: Option<&Client>, text: &str) -> Reply<Vec<Collectivite>>;
    /// Whom the agents of a collectivité write to, where it is known here.
    async fn contact(&self, cle: &CleCollectivite) -> Reply<Option<ContactFormation>>;
    /// The names of the communes of a French postal code.
    async fn communes(&self, client: &Client, code_postal: &str) -> Reply<Vec<String>>;
}
