//! The URL of an SMTP server, and the meaning of its refusals.

use std::error::Error;
use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp::PoolConfig;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, Tokio1Executor};

use super::erreur::{SendError, TransportError};

/// The time to open a connection.
const CONNECT: Duration = Duration::from_secs(30);

/// The time for a whole dialogue. After it, the mail is tried again later. lettre limits only the connection: a silent
/// server would hold its mail for ever. This is much shorter than the lease of a mail.
pub(super) const DIALOGUE: Duration = Duration::from_secs(60);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Serveur {
    host: String,
    port: u16,
    chiffrement: Chiffrement,
    credentials: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chiffrement {
    None,
    /// STARTTLS if the server offers it.
    Opportunistic,
    /// STARTTLS, or no connection.
    Required,
    /// TLS from the first byte.
    Wrapper,
}

/// Parses `smtp://…` or `smtps://…`. With credentials, STARTTLS is required, except towards this machine. A password
/// travels in clear only if the URL says so.
pub(super) fn parse(url: &str) -> Option<Serveur> {
    let (wrapper, rest) = match (url.strip_prefix("smtp://"), url.strip_prefix("smtps://")) {
        (Some(rest), _) => (false, rest),
        (_, Some(rest)) => (true, rest),
        _ => return None,
    };
    let (authority, query) = rest.split_once('?').map_or((rest, None), |(authority, query)| (authority, Some(query)));
    let authority = authority.strip_suffix('/').unwrap_or(authority);
    let (credentials, place) = match authority.rsplit_once('@') {
        Some((credentials, place)) => {
            let (user, password) = credentials.split_once(':')?;
            (Some((percent_decoded(user)?, percent_decoded(password)?)), place)
        }
        None => (None, authority),
    };
    let (host, port) = host_and_port(place)?;
    let local = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let chiffrement = match (wrapper, query) {
        (true, None) => Chiffrement::Wrapper,
        (false, Some("tls=required")) => Chiffrement::Required,
        (false, Some("tls=opportunistic")) => Chiffrement::Opportunistic,
        (false, Some("tls=none")) => Chiffrement::None,
        (false, None) if credentials.is_some() && !local => Chiffrement::Required,
        (false, None) => Chiffrement::Opportunistic,
        _ => return None,
    };
    let port = port.unwrap_or(if wrapper { 465 } else { 25 });
    Some(Serveur { host: host.to_owned(), port, chiffrement, credentials })
}

impl Serveur {
    pub(super) fn transport(self) -> Result<AsyncSmtpTransport<Tokio1Executor>, TransportError> {
        let parameters =
            || TlsParameters::new(self.host.clone()).map_err(|error| TransportError::Tls(error.to_string()));
        let tls = match self.chiffrement {
            Chiffrement::None => Tls::None,
            Chiffrement::Opportunistic => Tls::Opportunistic(parameters()?),
            Chiffrement::Required => Tls::Required(parameters()?),
            Chiffrement::Wrapper => Tls::Wrapper(parameters()?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(self.host.as_str())
            .port(self.port)
            .tls(tls)
            .timeout(Some(CONNECT))
            // Each mail has its own connection. A dialogue stopped in the middle would mix its replies with those of
            // the next mail.
            .pool_config(PoolConfig::new().max_size(0));
        if let Some((user, password)) = self.credentials {
            builder = builder.credentials(Credentials::new(user, password));
        }
        Ok(builder.build())
    }
}

/// What to do after a failure.
pub(super) fn classify(error: &lettre::transport::smtp::Error) -> SendError {
    let text = chain(error);
    if error.is_tls() || error.is_client() || is_handshake(error) {
        return SendError::Queue(text);
    }
    if !error.is_permanent() {
        return SendError::Temporary(text);
    }
    let code = error.status().map_or(0, u16::from);
    if is_about_us(code, &text) { SendError::Queue(text) } else { SendError::Recipient(text) }
}

/// Whether a 5xx reply is about this server's dialogue, authentication or encryption: then other recipients would fail
/// too. Sources: RFC 4954, section 6; RFC 3207, section 4; the enhanced codes of RFC 5248.
fn is_about_us(code: u16, text: &str) -> bool {
    const ENHANCED: [&str; 4] = ["5.7.8", "5.7.9", "5.7.10", "5.7.11"];
    matches!(code, 500..=504 | 530 | 534 | 535 | 538)
        || text.split([' ', '\n', ':', '(', ')']).any(|word| ENHANCED.contains(&word))
}

/// Whether the TLS handshake failed. rustls reports it as an I/O error « invalid data ».
fn is_handshake(error: &lettre::transport::smtp::Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::InvalidData) {
            return true;
        }
        source = error.source();
    }
    false
}

/// The texts of an error and of its sources: lettre itself says only « Connection error ».
fn chain(error: &lettre::transport::smtp::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        if !text.contains(&more) {
            text = format!("{text}: {more}");
        }
        source = error.source();
    }
    text
}

fn host_and_port(place: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            host.parse::<IpAddr>().ok()?;
            (host, if port.is_empty() { None } else { Some(port.strip_prefix(':')?) })
        }
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':');
    if host.is_empty() || !host.chars().all(fine) {
        return None;
    }
    Some((host, port.map(str::parse).transpose().ok()?))
}

/// Decodes `%40` and the like. `None` when two hexadecimal digits do not follow a `%`, or the result is not UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?].map(|digit| char::from(digit).to_digit(16));
                u8::try_from(digits[0]? * 16 + digits[1]?).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(decoded).ok()
}

#[cfg(test)]
#[path = "smtp_tests.rs"]
mod tests;
