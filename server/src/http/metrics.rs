use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::forwarded::is_forwarded;
use super::refusal::refuse;
use super::serve::peer;
use crate::backend::Backend;

/// The OpenMetrics format. Prometheus reads it.
const FORMAT: HeaderValue = HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");

/// Answers only to a program on this machine that connects directly. Any other request gets 404, even through a proxy
/// on this machine.
pub async fn read(State(backend): State<Arc<Backend>>, request: Request) -> Response {
    if !peer(request.extensions()).ip().to_canonical().is_loopback() || is_forwarded(request.headers()) {
        return refuse(StatusCode::NOT_FOUND);
    }
    ([(CONTENT_TYPE, FORMAT)], backend.read_metrics().await).into_response()
}
