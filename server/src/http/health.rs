use std::future::Future;
use std::time::Duration;

use axum::http::StatusCode;

/// Answers if the process runs.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Answers whether the database responds within two seconds and has every migration.
pub async fn ready(check: impl Future<Output = bool>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(Duration::from_secs(2), check).await {
        Ok(true) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "database not ready\n"),
    }
}
