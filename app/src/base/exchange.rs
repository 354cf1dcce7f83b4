//! The request being answered and its answer, as far as a page may touch them.

use domain::instant::Millis;

use super::fault::Fault;

/// The secret in the draft's cookie. Only its hash is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftKey(pub String);

/// The secret in the connexion's cookie. Only its hash is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnexionToken {
    pub secret: String,
    /// Whether the page refreshes itself. Such a request does not prolong the connexion, since perhaps nobody is there.
    pub passive: bool,
}

impl ConnexionToken {
    pub fn new(secret: String) -> Self {
        Self { secret, passive: false }
    }
}

/// The network address limits count by: IPv4, or the /64 of an IPv6.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Client(pub String);

/// The request being answered and its answer, as far as a page may touch them.
pub trait Exchange: Send + Sync {
    fn client(&self) -> Client;
    /// When the request came in.
    fn received(&self) -> Millis;
    /// Which browser, in coarse words: « Firefox sur Android ».
    fn browser(&self) -> String;
    fn draft_key(&self) -> Option<DraftKey>;
    fn keep_draft_key(&self, key: &DraftKey);
    fn forget_draft_key(&self);
    fn connexion(&self) -> Option<ConnexionToken>;
    fn keep_connexion(&self, token: &ConnexionToken);
    fn forget_connexion(&self);
    /// Notes the page that is asked for, or that sent this form, so that the login leads back there.
    fn come_back(&self);
    /// Takes the page that [`Self::come_back`] noted, if it is below one of these.
    fn back_to(&self, areas: &[&str]) -> Option<String>;
    /// Whether this page follows a form that set a cookie, and the browser sent none back.
    fn refuses_cookies(&self) -> bool;
    /// 302, or a client-side navigation in a hydrated page.
    fn redirect(&self, path: &str);
    fn set_status(&self, code: u16);
    /// Refuses what was asked for. `code` says why, on a page and to a script; `again` is the number of seconds to
    /// wait. An answer to a form stays a redirect.
    fn fail(&self, code: u16, again: Option<u32>);
    /// Logs a fault. Gives the number that the person may quote.
    fn incident(&self, fault: &Fault) -> String;
    /// Says that the page asked for does not exist for this person: 404.
    fn not_found(&self) {
        self.set_status(404);
    }
}
