//! What the layers ask of a page, and how they change it.

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, REFERER};
use axum::http::{HeaderMap, Response, StatusCode};

use super::refusal::refuse;

/// Far more than a page weighs.
const PAGE_MAX: usize = 8 * 1024 * 1024;

/// Whether the answer will be shown, as server_fn tells a form from a call.
pub fn is_shown(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|kinds| kinds.to_str().ok()).is_some_and(|kinds| kinds.contains("text/html"))
}

/// The path of the page one comes from. A form is sent from no other host.
pub fn sent_from(headers: &HeaderMap) -> Option<String> {
    let (_, rest) = headers.get(REFERER)?.to_str().ok()?.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    Some(path.split(['?', '#']).next().unwrap_or_default().to_owned())
}

/// Whether an address has a parameter of this name.
pub fn says(query: &str, name: &str) -> bool {
    query.split('&').any(|pair| pair.split('=').next() == Some(name))
}

/// The answer with its page changed. Any other answer stays, and so does a page that `change` gives nothing for.
pub async fn rewritten(response: Response<Body>, change: impl FnOnce(&str) -> Option<String>) -> Response<Body> {
    let html = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !html {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(page) = to_bytes(body, PAGE_MAX).await else { return refuse(StatusCode::INTERNAL_SERVER_ERROR) };
    parts.headers.remove(CONTENT_LENGTH);
    let changed = std::str::from_utf8(&page).ok().and_then(change);
    Response::from_parts(parts, changed.map_or_else(|| Body::from(page), Body::from))
}
