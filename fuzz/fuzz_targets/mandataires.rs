//! Fuzzes `X-Forwarded-For`: an untrusted peer cannot choose its address. Entries that our proxies did not write are
//! ignored.
#![no_main]

use std::net::{IpAddr, SocketAddr};
use std::sync::LazyLock;

use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use server::http::client::TrustedProxies;

static PROXIES: LazyLock<TrustedProxies> = LazyLock::new(|| {
    let networks = ["10.0.0.0/8", "fd00::/8"].map(|network| network.parse().expect("a network"));
    Vec::from(networks).into()
});

fn client(peer: [u8; 4], lines: &[&[u8]]) -> String {
    let mut headers = HeaderMap::new();
    for value in lines.iter().filter_map(|line| HeaderValue::from_bytes(line).ok()) {
        headers.append("x-forwarded-for", value);
    }
    PROXIES.client(SocketAddr::from((peer, 443)), &headers).0
}

fuzz_target!(|bytes: &[u8]| {
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    assert_eq!(client([192, 0, 2, 1], &lines), "192.0.2.1", "nobody trusts this peer");
    let found = client([10, 0, 0, 1], &lines);
    let address: IpAddr = found.strip_suffix("/64").unwrap_or(&found).parse().expect("an address");
    assert_eq!(found.ends_with("/64"), address.is_ipv6());
    // Entries to the left of the client's address do not change it.
    if !PROXIES.trusts(address) {
        let lied: Vec<&[u8]> = [b"198.51.100.200, ::1, unknown".as_slice()].into_iter().chain(lines).collect();
        assert_eq!(client([10, 0, 0, 1], &lied), found);
    }
});
