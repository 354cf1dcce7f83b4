use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use super::refusal::Told;
use crate::backend::Backend;
use crate::clock::Stopwatch;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives each request a number, for its log lines and its answer. Counts the request when it is answered.
///
/// The path is never logged, because links of mails are in it. The route is logged.
pub async fn observed(State(backend): State<Arc<Backend>>, request: Request, next: Next) -> Response {
    let id = format!("{:016x}", backend.random.u64());
    let route = route(&request);
    let method = method(request.method());
    let watch = Stopwatch::start();
    let span = tracing::info_span!("request", id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let seconds = watch.seconds();
    let status = if response.extensions().get::<Told>().is_some() { StatusCode::OK } else { response.status() };
    backend.metrics().answered(&route, method, class(status), seconds);
    let ms = (seconds * 1_000.0).round();
    span.in_scope(|| tracing::info!(method, route, status = status.as_u16(), ms, "answered"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The pattern of the request's route. The name of a server function is given without the number at its end.
fn route(request: &Request) -> String {
    match request.extensions().get::<MatchedPath>().map(MatchedPath::as_str) {
        Some(route) if route.starts_with("/api/") => route.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned(),
        Some(route) => route.to_owned(),
        None if request.uri().path().starts_with("/pkg/") => "/pkg/{file}".to_owned(),
        None => "other".to_owned(),
    }
}

/// The name of a known method, otherwise `other`: anyone can invent a method.
fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    }
}
