use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::cookies::{self, CookieNames};
use super::refusal::refuse;

/// What a visitor's form may weigh: a tab is far below, with what its page holds of the others (`PAGE_MAX` in `app`).
const FORM: usize = 8 * 1024;

/// What a signed-in person's may: a message of 2,000 characters, percent-encoded.
const SIGNED_IN: usize = 64 * 1024;

const TIME: Duration = Duration::from_secs(15);

/// Reads the whole body before anything looks at it, within a size and a time, whether its length was announced or not.
pub async fn bounded(State(names): State<CookieNames>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let limit = if cookies::read(&parts.headers, names.session).is_some() { SIGNED_IN } else { FORM };
    match tokio::time::timeout(TIME, collect(body, limit)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(status)) => refuse(status),
        Err(_) => refuse(StatusCode::REQUEST_TIMEOUT),
    }
}

async fn collect(body: Body, limit: usize) -> Result<Bytes, StatusCode> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_read_up_to_its_limit_and_no_further() {
        let body = |length: usize| Body::from(vec![b'a'; length]);
        assert_eq!(collect(body(FORM), FORM).await.map(|bytes| bytes.len()), Ok(FORM));
        assert_eq!(collect(body(FORM + 1), FORM).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
        // A stream that announces no length.
        let chunks =
            futures::stream::iter((0..1000).map(|_| Ok::<_, std::io::Error>(Bytes::from_static(&[b'a'; 1024]))));
        assert_eq!(collect(Body::from_stream(chunks), FORM).await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
