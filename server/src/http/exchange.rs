use std::sync::Arc;

use app::base::adresses::{LOGIN, SECOND_FACTEUR, STAFF_LOGIN};
use app::base::exchange::{Client, ConnexionToken, DraftKey, Exchange};
use app::base::port::Fault;
use axum::http::header::{LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use domain::instant::Millis;
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::cookies::CookieNames;
use super::refusal::POLL;
use super::{cookies, navigateur, page};
use crate::clock::Random;
use crate::error::incident;

/// The pages with a form that opens a connexion. They have no link to a page that needs a connexion.
const DOORS: [&str; 3] = [LOGIN, STAFF_LOGIN, SECOND_FACTEUR];
const LINKS: [&str; 3] = ["/activation", "/invitation", "/mot-de-passe"];

/// The longest connexion, in seconds.
const CONNEXION_MAX: i64 = 12 * 60 * 60;

/// Long enough to find a password and a telephone, in seconds.
const BACK_KEPT: i64 = 15 * 60;

/// The request, and its answer through leptos's response options.
pub struct HttpExchange {
    received: Millis,
    client: Client,
    browser: String,
    names: CookieNames,
    draft: Option<String>,
    connexion: Option<String>,
    /// A page is requested by GET or HEAD. Any other request calls a server function.
    is_page: bool,
    /// Whether a browser's form sent the request. The browser shows the answer, so the answer must lead to a page.
    is_form: bool,
    /// Whether a page sent the request by itself to refresh, see `ask` in `app`.
    is_poll: bool,
    /// The page that is asked for.
    asked: Option<String>,
    /// The page to return to after the login.
    back: Option<String>,
    /// The path of the page that the request comes from. If the request is a form, this page has it.
    from: Option<String>,
    random: Arc<dyn Random>,
}

impl HttpExchange {
    pub fn new(parts: &Parts, received: Millis, names: CookieNames, random: Arc<dyn Random>) -> Self {
        let is_page = matches!(parts.method, Method::GET | Method::HEAD);
        let asked = is_page.then(|| parts.uri.path_and_query().map(|asked| asked.as_str().to_owned())).flatten();
        Self {
            received,
            client: parts.extensions.get::<Client>().cloned().unwrap_or_else(|| Client("unknown".to_owned())),
            browser: navigateur::coarse(&parts.headers),
            names,
            draft: cookies::read(&parts.headers, names.draft),
            connexion: cookies::read(&parts.headers, names.connexion),
            is_page,
            is_form: !is_page && page::is_shown(&parts.headers),
            is_poll: parts.headers.contains_key(POLL),
            asked,
            back: cookies::read_address(&parts.headers, names.back),
            from: page::sent_from(&parts.headers),
            random,
        }
    }

    fn set_cookie(&self, cookie: &str) {
        if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(cookie)) {
            response.append_header(SET_COOKIE, value);
        }
    }
}

impl Exchange for HttpExchange {
    fn client(&self) -> Client {
        self.client.clone()
    }

    fn received(&self) -> Millis {
        self.received
    }

    fn incident(&self, fault: &Fault) -> String {
        incident(fault, &*self.random)
    }

    fn browser(&self) -> String {
        self.browser.clone()
    }

    fn draft_key(&self) -> Option<DraftKey> {
        self.draft.clone().map(DraftKey)
    }

    fn keep_draft_key(&self, key: &DraftKey) {
        self.set_cookie(&self.names.keep(self.names.draft, &key.0));
    }

    fn forget_draft_key(&self) {
        self.set_cookie(&self.names.forget(self.names.draft));
    }

    fn connexion(&self) -> Option<ConnexionToken> {
        Some(ConnexionToken { secret: self.connexion.clone()?, passive: self.is_poll })
    }

    fn keep_connexion(&self, token: &ConnexionToken) {
        self.set_cookie(&self.names.keep(self.names.connexion, &token.secret));
    }

    fn forget_connexion(&self) {
        self.set_cookie(&self.names.forget(self.names.connexion));
        // This cookie proves that the browser accepts cookies. If a later request has no connexion, then the connexion
        // ended; the browser did not refuse its cookie.
        self.set_cookie(&self.names.keep_for(self.names.back, "/", CONNEXION_MAX));
    }

    fn come_back(&self) {
        let page = if self.is_page { &self.asked } else { &self.from };
        if let Some(page) = page.as_deref().filter(|page| !self.is_poll && cookies::is_address(page)) {
            self.set_cookie(&self.names.keep_for(self.names.back, page, BACK_KEPT));
        }
    }

    fn back_to(&self, areas: &[&str]) -> Option<String> {
        let back = self.back.as_deref()?;
        self.set_cookie(&self.names.forget(self.names.back));
        let is_below = |area: &&str| {
            back.strip_prefix(*area).is_some_and(|inside| inside.is_empty() || inside.starts_with(['/', '?']))
        };
        areas.iter().any(is_below).then(|| back.to_owned())
    }

    fn refuses_cookies(&self) -> bool {
        let follows = |from: &str| {
            DOORS.contains(&from)
                || LINKS.iter().any(|link| from.strip_prefix(link).is_some_and(|rest| rest.starts_with('/')))
        };
        let none = self.connexion.is_none() && self.draft.is_none() && self.back.is_none();
        none && self.from.as_deref().is_some_and(follows)
    }

    /// Redirects a page by hand: leptos's own redirect depends on the `Accept` header, which a request for a page may
    /// not have.
    fn redirect(&self, path: &str) {
        if !self.is_page {
            leptos_axum::redirect(path);
            return;
        }
        if let (Some(response), Ok(location)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(path)) {
            response.insert_header(LOCATION, location);
            response.set_status(StatusCode::FOUND);
        }
    }

    fn fail(&self, code: u16, again: Option<u32>) {
        if self.is_form {
            return;
        }
        self.set_status(code);
        if let (Some(response), Some(seconds)) = (use_context::<ResponseOptions>(), again) {
            response.insert_header(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }

    fn set_status(&self, code: u16) {
        if let (Some(response), Ok(status)) = (use_context::<ResponseOptions>(), StatusCode::from_u16(code)) {
            response.set_status(status);
        }
    }
}
