//! The follow-up of a request, for anybody who knows its reference and its address.

use async_trait::async_trait;
use domain::suivi::Suivi;

use crate::areas::acces::Lien;
use crate::base::exchange::Client;
use crate::base::port::Reply;

#[async_trait]
pub trait Suivis: Send + Sync {
    /// A token for the follow-up of this request, for an hour. The answer is the same `None` for an unknown
    /// reference, for another's address and for a text that can't be read.
    async fn find(&self, client: &Client, reference: &str, courriel: &str) -> Reply<Option<String>>;
    /// Looking changes nothing.
    async fn look(&self, token: &str) -> Reply<Lien<Suivi>>;
    /// Mails one more activation link, if the account awaits its activation. Always gives the same answer.
    async fn resend(&self, client: &Client, token: &str) -> Reply<()>;
}
