use axum::http::header::{ACCEPT, LOCATION, RETRY_AFTER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use domain::ports::{Client, DraftKey, Exchange, SessionToken};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

use super::cookies::{self, CookieNames};
use super::navigateur;
use super::refusal::POLL;

/// The request being answered, and its answer through leptos's own hand.
pub struct HttpExchange {
    client: Client,
    browser: String,
    names: CookieNames,
    draft: Option<String>,
    session: Option<String>,
    /// A page is asked for by GET, or HEAD; anything else is a server function.
    is_page: bool,
    /// Sent by a form as such: what answers it is shown, so it is a page that it leads to.
    is_form: bool,
    /// Sent by a page that asks for itself again, see `pages.js`.
    is_poll: bool,
}

impl HttpExchange {
    pub fn new(parts: &Parts, names: CookieNames) -> Self {
        let is_page = matches!(parts.method, Method::GET | Method::HEAD);
        // As server_fn tells a form from a call.
        let shown = parts
            .headers
            .get(ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.contains("text/html"));
        Self {
            client: parts.extensions.get::<Client>().cloned().unwrap_or_else(|| Client("unknown".to_owned())),
            browser: navigateur::coarse(&parts.headers),
            names,
            draft: cookies::read(&parts.headers, names.draft),
            session: cookies::read(&parts.headers, names.session),
            is_page,
            is_form: !is_page && shown,
            is_poll: parts.headers.contains_key(POLL),
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

    fn session(&self) -> Option<SessionToken> {
        Some(SessionToken { secret: self.session.clone()?, passive: self.is_poll })
    }

    fn keep_session(&self, token: &SessionToken) {
        self.set_cookie(&self.names.keep(self.names.session, &token.secret));
    }

    fn forget_session(&self) {
        self.set_cookie(&self.names.forget(self.names.session));
    }

    /// leptos's own redirect depends on the `Accept` header, which a page's does not have to carry.
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
