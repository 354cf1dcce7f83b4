use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use domain::instant::Millis;

use crate::backend::Backend;
use crate::clock::HOUR;

/// The headers that proxies add to a request.
const FORWARDING: [&str; 6] =
    ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// Whether a proxy sent the request on, or the request pretends so.
pub fn is_forwarded(headers: &HeaderMap) -> bool {
    FORWARDING.iter().any(|name| headers.contains_key(*name))
}

/// Records peers that send `X-Forwarded-For` without being trusted. Most often the configuration forgot a proxy, and
/// all its visitors then count as one.
#[derive(Clone)]
pub struct UnknownProxies {
    backend: Arc<Backend>,
    told: Arc<Mutex<HashMap<Option<IpAddr>, Millis>>>,
    unread: Arc<Mutex<Option<Millis>>>,
}

/// An address is reported once in this time.
const AGAIN: Millis = HOUR;

/// How many addresses are remembered: a private network may hold many.
const ADDRESSES: usize = 64;

impl UnknownProxies {
    pub fn new(backend: Arc<Backend>) -> Self {
        Self { backend, told: Arc::default(), unread: Arc::default() }
    }

    /// Logs the peer now, and writes it to the database in a task of its own.
    pub fn note(&self, peer: IpAddr) {
        let proxy = Some(peer.to_canonical()).filter(is_private);
        if !self.is_new(proxy) {
            return;
        }
        match proxy {
            Some(address) => {
                tracing::warn!(%address, "X-Forwarded-For from an address that http.trusted_proxies does not hold");
            }
            None => tracing::warn!("X-Forwarded-For from a public address that http.trusted_proxies does not hold"),
        }
        let backend = self.backend.clone();
        tokio::spawn(async move {
            if let Err(error) = backend.note_unknown_proxy(proxy).await {
                tracing::warn!(%error, "what was noticed could not be written");
            }
        });
    }

    /// Logs, at most once in a while, that a trusted proxy wrote something that is no address. The written text is not
    /// logged.
    pub fn note_unread(&self) {
        let now = self.backend.clock.now();
        let mut unread = self.unread.lock().unwrap_or_else(PoisonError::into_inner);
        if unread.is_none_or(|at| !(0..AGAIN).contains(&(now - at))) {
            *unread = Some(now);
            tracing::warn!("X-Forwarded-For of a trusted proxy holds no address: its visitors count as one");
        }
    }

    fn is_new(&self, proxy: Option<IpAddr>) -> bool {
        let now = self.backend.clock.now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.get(&proxy).is_some_and(|at| (0..AGAIN).contains(&(now - at))) {
            return false;
        }
        if told.len() >= ADDRESSES && !told.contains_key(&proxy) {
            return false;
        }
        told.insert(proxy, now);
        true
    }
}

/// Whether the address is of this machine, of a private network (RFC 1918, RFC 4193), or link-local.
fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_are_nobodys_are_told() {
        for (address, private) in [
            ("127.0.0.1", true),
            ("10.1.2.3", true),
            ("172.17.0.1", true),
            ("192.168.1.1", true),
            ("::1", true),
            ("fd00::1", true),
            ("192.0.2.1", false),
            ("172.32.0.1", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_private(&address.parse().unwrap()), private, "{address}");
        }
    }

    #[test]
    fn a_proxy_is_told_by_any_of_its_headers() {
        for name in FORWARDING {
            let mut headers = HeaderMap::new();
            assert!(!is_forwarded(&headers));
            headers.insert(name, "x".parse().unwrap());
            assert!(is_forwarded(&headers), "{name}");
        }
    }
}
