use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use app::base::exchange::Client;
use axum::http::HeaderMap;

use crate::config::Reseau;

/// The networks of trusted proxies: `X-Forwarded-For` is read only from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrustedProxies(Vec<Reseau>);

impl From<Vec<Reseau>> for TrustedProxies {
    fn from(networks: Vec<Reseau>) -> Self {
        Self(networks)
    }
}

impl TrustedProxies {
    pub fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// The address by which limits count. `X-Forwarded-For` is read from the right, as long as the address that wrote
    /// each entry is trusted. The header of an untrusted peer is ignored.
    ///
    /// `Err` with the same client when a trusted proxy wrote something that is no address. Then all its visitors count
    /// as the proxy itself.
    pub fn client(&self, peer: SocketAddr, headers: &HeaderMap) -> Result<Client, Client> {
        let mut address = peer.ip().to_canonical();
        let mut chain: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        while self.trusts(address) {
            let Some(hop) = chain.pop() else { break };
            let Some(before) = read(hop) else { return Err(Client(key(address))) };
            address = before.to_canonical();
        }
        Ok(Client(key(address)))
    }
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn read(hop: &str) -> Option<IpAddr> {
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::from);
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    hop.parse().ok().or_else(bracketed).or_else(with_port)
}

/// An IPv4 address, or the first address of an IPv6 /64: one subscriber has at least a /64.
pub(super) fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.into(),
        IpAddr::V6(v6) => Ipv6Addr::from(u128::from(v6) >> 64 << 64).into(),
    }
}

fn key(address: IpAddr) -> String {
    match subscriber(address) {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(network) => format!("{network}/64"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies(["10.0.0.0/8", "fd00::/8"].into_iter().flat_map(str::parse).collect());
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        let peer = SocketAddr::new(peer.parse().unwrap(), 443);
        proxies.client(peer, &headers).unwrap_or_else(|unread| unread).0
    }

    #[test]
    fn the_client_is_the_rightmost_address_no_proxy_of_ours_wrote() {
        for (peer, forwarded, expected) in [
            ("192.0.2.1", &[][..], "192.0.2.1"),
            ("192.0.2.1", &["198.51.100.7"], "192.0.2.1"),
            ("10.1.2.3", &["198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", &["203.0.113.9, 198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", &["203.0.113.9,198.51.100.7 ,10.9.9.9"], "198.51.100.7"),
            ("10.1.2.3", &["203.0.113.9", "198.51.100.7"], "198.51.100.7"),
            ("10.1.2.3", &["unknown"], "10.1.2.3"),
            ("10.1.2.3", &["198.51.100.7:52114"], "198.51.100.7"),
            ("10.1.2.3", &["[2001:db8:1:2::9]:52114"], "2001:db8:1:2::/64"),
            ("10.1.2.3", &["[2001:db8:1:2::9]"], "2001:db8:1:2::/64"),
            ("10.1.2.3", &["203.0.113.9, 198.51.100.7:52114, 10.9.9.9:80"], "198.51.100.7"),
            ("10.1.2.3", &["198.51.100.7:99999"], "10.1.2.3"),
            ("10.1.2.3", &[], "10.1.2.3"),
            ("::ffff:10.1.2.3", &["198.51.100.7"], "198.51.100.7"),
            ("2001:db8:1:2:3:4:5:6", &[], "2001:db8:1:2::/64"),
            ("fd00::1", &["2001:db8:1:2::9"], "2001:db8:1:2::/64"),
        ] {
            assert_eq!(client(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }
    #[test]
    fn what_a_trusted_proxy_wrote_and_nobody_can_read_is_told() {
        let proxies = TrustedProxies(vec!["10.0.0.0/8".parse().unwrap()]);
        for (peer, hop, read) in [
            ("10.1.2.3", "198.51.100.7", true),
            ("10.1.2.3", "198.51.100.7:80", true),
            ("10.1.2.3", "unknown", false),
            ("10.1.2.3", "", false),
            ("192.0.2.1", "unknown", true),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", hop.parse().unwrap());
            let peer = SocketAddr::new(peer.parse().unwrap(), 443);
            assert_eq!(proxies.client(peer, &headers).is_ok(), read, "{peer} {hop}");
        }
    }
}
