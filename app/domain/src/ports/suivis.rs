//! The follow-up of a request by whoever knows its reference and its address.

use async_trait::async_trait;

use super::{Client, Lien, Reply};
use crate::suivi::Suivi;

#[async_trait]
pub trait Suivis: Send + Sync {
    /// A token for the follow-up of this request, for an hour. The same `None` for an unknown reference, an address
    /// that is not the request's, and what is neither.
    async fn find(&self, client: &Client, reference: &str, courriel: &str) -> Reply<Option<String>>;
    /// Looking changes nothing.
    async fn look(&self, token: &str) -> Reply<Lien<Suivi>>;
    /// One more activation mail, where one is awaited. Always the same answer.
    async fn resend(&self, client: &Client, token: &str) -> Reply<()>;
}
