use std::sync::Arc;
use std::time::Duration;

use app::base::exchange::ConnexionToken;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::cookies;
use super::cookies::CookieNames;
use super::refusal::refuse;
use crate::backend::Backend;

/// The largest form of a visitor: one tab, and what its page holds of the other tabs in case the draft is gone. The
/// other tabs take half of it at most, see `PAGE_MAX` in `app`.
const FORM: usize = 8 * 1024;

/// The largest form of a signed-in person: a session of thirty séances, in accented letters, percent-encoded. Its names take
/// 16 KiB, its texts 20 KiB, its séances 60 KiB.
const SIGNED_IN: usize = 128 * 1024;

const TIME: Duration = Duration::from_secs(15);

/// Reads the whole body before the next layers, within a size and a time, with or without a `Content-Length`.
/// PostgreSQL refuses a NUL, and no text needs one. So a URL with a NUL is answered 404, and NULs are removed from a
/// form.
pub async fn bounded(
    State((backend, names)): State<(Arc<Backend>, CookieNames)>,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    if parts.uri.path_and_query().is_some_and(|asked| asked.as_str().contains("%00")) {
        return refuse(StatusCode::NOT_FOUND);
    }
    let large = !is_small(&body) && is_signed_in(&backend, names, &parts.headers).await;
    let limit = if large { SIGNED_IN } else { FORM };
    match tokio::time::timeout(TIME, collect(body, limit)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(without_nul(bytes)))).await,
        Ok(Err(status)) => refuse(status),
        Err(_) => refuse(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Whether the announced length is small. Nearly all bodies are: then the connexion is not checked.
fn is_small(body: &Body) -> bool {
    body.size_hint().upper().is_some_and(|length| length <= FORM as u64)
}

/// Checks the connexion itself: anyone can write a cookie of the right name.
async fn is_signed_in(backend: &Backend, names: CookieNames, headers: &HeaderMap) -> bool {
    let Some(connexion) = cookies::read(headers, names.connexion).map(ConnexionToken::new) else { return false };
    backend.is_signed_in(&connexion).await
}

async fn collect(body: Body, limit: usize) -> Result<Bytes, StatusCode> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

/// Removes the NULs of a form, raw or percent-encoded. The rest never makes a new one.
fn without_nul(form: Bytes) -> Bytes {
    if !form.contains(&0) && !form.windows(3).any(|three| three == b"%00") {
        return form;
    }
    let mut kept = Vec::with_capacity(form.len());
    for byte in form.into_iter().filter(|byte| *byte != 0) {
        kept.push(byte);
        if kept.ends_with(b"%00") {
            kept.truncate(kept.len() - 3);
        }
    }
    kept.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_loses_its_nuls() {
        for (form, kept) in [
            ("a=b&c=%C3%A9", "a=b&c=%C3%A9"),
            ("a=%00b\0&%00=c", "a=b&=c"),
            ("a=%0%000", "a="),
            ("a=%2500", "a=%2500"),
            ("%00", ""),
            ("%0", "%0"),
        ] {
            assert_eq!(without_nul(Bytes::from_static(form.as_bytes())), kept.as_bytes(), "{form:?}");
        }
    }

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
