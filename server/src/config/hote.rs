//! The name of the machine in a public address.

pub const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Whether only this machine reaches `scheme://host[:port]`.
pub fn is_loopback(public_url: &str) -> bool {
    LOOPBACK.contains(&parts(public_url).0)
}

/// Splits a URL into the host name and the port with its colon.
pub fn parts(public_url: &str) -> (&str, &str) {
    let authority = public_url.split_once("://").map_or(public_url, |(_, rest)| rest).trim_end_matches('/');
    match authority.rsplit_once(':') {
        Some((_, port)) if !port.contains(']') => authority.split_at(authority.len() - port.len() - 1),
        _ => (authority, ""),
    }
}
