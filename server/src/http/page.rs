//! What the layers need to know about a page, and how they change it.

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, REFERER};
use axum::http::{HeaderMap, Response, StatusCode};

use super::refusal::refuse;

/// Much larger than any page.
const PAGE_MAX: usize = 8 * 1024 * 1024;

/// Whether the browser will show the answer. server_fn uses the same rule to tell a form from a call.
pub fn is_shown(headers: &HeaderMap) -> bool {
    headers.get(ACCEPT).and_then(|kinds| kinds.to_str().ok()).is_some_and(|kinds| kinds.contains("text/html"))
}

/// The path of the page that the request comes from. The host is always ours, because forms of other hosts are refused.
pub fn sent_from(headers: &HeaderMap) -> Option<String> {
    let (_, rest) = headers.get(REFERER)?.to_str().ok()?.split_once("://")?;
    let path = &rest[rest.find('/')?..];
    Some(path.split(['?', '#']).next().unwrap_or_default().to_owned())
}

/// Whether a query has a parameter of this name.
pub fn says(query: &str, name: &str) -> bool {
    query.split('&').any(|pair| pair.split('=').next() == Some(name))
}

/// Changes the HTML of an answer. Other answers stay the same, and so does a page if `change` returns `None`.
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
