use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::Response;

use super::refusal::refuse;
use crate::config::hote::{LOOPBACK, parts};

/// The host names that this service answers to: its public name. If that is a loopback name, all loopback names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hosts(Arc<[String]>);

impl Hosts {
    /// `public_url` is `scheme://host[:port]`.
    pub fn new(public_url: &str) -> Self {
        let (name, port) = parts(public_url);
        let names = if LOOPBACK.contains(&name) {
            LOOPBACK.iter().map(|name| format!("{name}{port}")).collect()
        } else {
            [format!("{name}{port}").to_ascii_lowercase()].into()
        };
        Self(names)
    }

    fn contains(&self, host: &str) -> bool {
        self.0.iter().any(|known| known.eq_ignore_ascii_case(host))
    }
}

/// Answers 421 to any other `Host`: links, cookies and the check of the origin depend on it.
pub async fn known_host(State(hosts): State<Hosts>, request: Request, next: Next) -> Response {
    let health = matches!(request.uri().path(), "/healthz" | "/readyz" | "/metrics");
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if health || hosts.contains(host) { next.run(request).await } else { refuse(StatusCode::MISDIRECTED_REQUEST) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_names_are_answered() {
        let hosts = Hosts::new("https://inscription.cnfpt.fr");
        assert!(hosts.contains("inscription.cnfpt.fr"));
        assert!(hosts.contains("Inscription.CNFPT.fr"));
        assert!(!hosts.contains("inscription.cnfpt.fr:8443"));
        assert!(!hosts.contains("evil.example"));
        assert!(!hosts.contains(""));
    }

    #[test]
    fn the_loopback_names_are_equal() {
        let hosts = Hosts::new("http://127.0.0.1:3000");
        for name in ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"] {
            assert!(hosts.contains(name), "{name}");
        }
        assert!(!hosts.contains("localhost:3001"));
        assert!(!hosts.contains("localhost"));
        assert!(Hosts::new("http://[::1]:3000").contains("localhost:3000"));
    }
}
