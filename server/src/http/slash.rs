use axum::body::Body;
use axum::extract::Request;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, Method, Response, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::IntoResponse;

/// Redirects a URL with a slash at its end to the same URL without it.
pub async fn without_slash(request: Request, next: Next) -> Response<Body> {
    let asks = matches!(*request.method(), Method::GET | Method::HEAD);
    match trimmed(request.uri()).filter(|_| asks).and_then(|to| HeaderValue::from_str(&to).ok()) {
        Some(to) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)]).into_response(),
        None => next.run(request).await,
    }
}

/// The URL to redirect to; `None` when there is no slash to remove. It never begins with two slashes: a browser would
/// read a host name after them.
fn trimmed(uri: &Uri) -> Option<String> {
    let path = uri.path();
    if path.len() < 2 || !path.ends_with('/') {
        return None;
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(format!("/{}{query}", path.trim_matches(['/', '\\'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_slashes_go() {
        for (asked, to) in [
            ("/", None),
            ("/suivi", None),
            ("/suivi/", Some("/suivi")),
            ("/inscription/identite/?verifier=1", Some("/inscription/identite?verifier=1")),
            ("/activation/a.b-c/", Some("/activation/a.b-c")),
            ("/suivi///", Some("/suivi")),
            ("//exemple.fr/", Some("/exemple.fr")),
            ("///", Some("/")),
        ] {
            assert_eq!(trimmed(&asked.parse().unwrap()).as_deref(), to, "{asked}");
        }
    }
}
