use std::future::Future;
use std::time::Duration;

use axum::http::StatusCode;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The database answers within two seconds, with every migration applied.
pub async fn ready(check: impl Future<Output = bool>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(Duration::from_secs(2), check).await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "database not ready\n"),
    }
}
