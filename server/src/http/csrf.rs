use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::refusal::refuse;

/// Lets a request pass only if a page of this origin sent it. GET and HEAD always pass.
///
/// tower-http's `CsrfLayer` also accepts `Sec-Fetch-Site: none` and requests without either header. To refuse these
/// needs the whole rule in front of it, so only this rule is used.
pub async fn same_origin(State(scheme): State<&'static str>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD);
    if safe || is_same_origin(scheme, request.headers()) {
        next.run(request).await
    } else {
        refuse(StatusCode::FORBIDDEN)
    }
}

/// Protects downloads, which a person may take only a few times an hour. A download must come from our pages or be
/// typed by hand: a link on another site must not use one up.
pub async fn not_from_elsewhere(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site").map(|site| site.as_bytes());
    match site {
        None | Some(b"same-origin" | b"none") => next.run(request).await,
        Some(_) => refuse(StatusCode::FORBIDDEN),
    }
}

/// Whether the request comes from this origin. An earlier layer has checked that `Host` is one of ours.
fn is_same_origin(scheme: &str, headers: &HeaderMap) -> bool {
    let one = |name: &str| {
        let mut values = headers.get_all(name).iter();
        let first = values.next().and_then(|value| value.to_str().ok());
        if values.next().is_some() { None } else { first }
    };
    if headers.contains_key("sec-fetch-site") {
        return one("sec-fetch-site") == Some("same-origin");
    }
    match (one(ORIGIN.as_str()), one(HOST.as_str())) {
        (Some(origin), Some(host)) => {
            origin.strip_prefix(scheme).and_then(|rest| rest.strip_prefix("://")) == Some(host)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_of_this_origin_may_post() {
        for (site, origin, passes) in [
            (Some("same-origin"), None, true),
            (Some("same-origin"), Some("https://elsewhere.example"), true),
            (Some("same-site"), Some("https://iel.example"), false),
            (Some("cross-site"), None, false),
            (Some("none"), None, false),
            (Some("Same-Origin"), None, false),
            (None, Some("https://iel.example"), true),
            (None, Some("http://iel.example"), false),
            (None, Some("https://iel.example:8443"), false),
            (None, Some("https://iel.example.evil.example"), false),
            (None, Some("null"), false),
            (None, None, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, "iel.example".parse().unwrap());
            if let Some(site) = site {
                headers.insert("sec-fetch-site", site.parse().unwrap());
            }
            if let Some(origin) = origin {
                headers.insert(ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(is_same_origin("https", &headers), passes, "{site:?} {origin:?}");
        }
    }

    #[test]
    fn a_repeated_header_is_no_proof() {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, "iel.example".parse().unwrap());
        headers.append("sec-fetch-site", "same-origin".parse().unwrap());
        headers.append("sec-fetch-site", "same-origin".parse().unwrap());
        assert!(!is_same_origin("https", &headers));
    }
}
