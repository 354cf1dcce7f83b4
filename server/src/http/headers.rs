use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;

/// What the headers of every answer depend on.
#[derive(Clone, Copy, Debug)]
pub struct HeaderPolicy {
    /// Whether the service is behind https. Then browsers must always use https.
    pub https: bool,
    /// The port of the reload socket, under `cargo leptos watch` only.
    pub reload_port: Option<u32>,
    /// Whether the names of the files under `/pkg` change with their content.
    pub hashed: bool,
}

/// Writes the security headers, with a nonce of its own for each answer.
pub async fn secure(State(policy): State<HeaderPolicy>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let is_built = request.uri().path().starts_with("/pkg/");
    // Only files at the root: the path of a page may end with any typed text, even `.svg`.
    let is_public =
        request.uri().path().strip_prefix('/').is_some_and(|name| name.ends_with(".svg") && !name.contains('/'));
    let mut response = next.run(request).await;

    let found = response.status().is_success() || response.status() == axum::http::StatusCode::NOT_MODIFIED;
    let cache = match (found, is_built && policy.hashed, is_public) {
        (true, true, _) => "public, max-age=31536000, immutable",
        (true, _, true) => "public, max-age=86400",
        _ => "no-store",
    };
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(CACHE_CONTROL, cache);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    // `no-referrer` would break our own forms: browsers would send `Origin: null` with them.
    set(REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    );
    if policy.https {
        set(STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    if let Ok(value) = HeaderValue::from_str(&content_policy(&nonce, policy.reload_port)) {
        headers.insert(CONTENT_SECURITY_POLICY, value);
    }
    response
}

fn content_policy(nonce: &Nonce, reload_port: Option<u32>) -> String {
    let reload = reload_port.map(|port| format!(" ws://127.0.0.1:{port} ws://localhost:{port}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self' 'nonce-{nonce}'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'{reload}; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}
