use axum::http::HeaderMap;
use axum::http::header::COOKIE;

use crate::config::hote::is_loopback;

/// The names of the cookies. A `__Host-` name needs https, so a service on a loopback address has names without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieNames {
    secure: bool,
    pub connexion: &'static str,
    pub draft: &'static str,
    /// The fields of a refused form, see `typed`.
    pub typed: &'static str,
    /// The page to come back to after a login.
    pub back: &'static str,
}

impl CookieNames {
    pub fn new(public_url: &str) -> Self {
        if public_url.starts_with("https://") || !is_loopback(public_url) {
            Self {
                secure: true,
                connexion: "__Host-iel_session",
                draft: "__Host-iel_brouillon",
                typed: "__Host-iel_saisie",
                back: "__Host-iel_retour",
            }
        } else {
            Self {
                secure: false,
                connexion: "iel_session",
                draft: "iel_brouillon",
                typed: "iel_saisie",
                back: "iel_retour",
            }
        }
    }

    /// Sets a cookie without `Max-Age`: the browser forgets it when it closes, even on a shared computer.
    pub fn keep(self, name: &str, value: &str) -> String {
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{}", self.suffix())
    }

    /// The same, but for `seconds` at most.
    pub fn keep_for(self, name: &str, value: &str, seconds: i64) -> String {
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{}", self.suffix())
    }

    pub fn forget(self, name: &str) -> String {
        format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", self.suffix())
    }

    fn suffix(self) -> &'static str {
        if self.secure { "; Secure" } else { "" }
    }
}

/// The value of a cookie. Ours have at most 100 letters, digits, `-` and `_`; any other value is ignored.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    value(headers, name)
        .filter(|value| !value.is_empty() && value.len() <= 100)
        .filter(|value| value.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')))
        .map(str::to_owned)
}

/// Reads a cookie that holds a path of this service.
pub fn read_address(headers: &HeaderMap, name: &str) -> Option<String> {
    value(headers, name).filter(|value| is_address(value)).map(str::to_owned)
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Whether a text is a path on this host, with its query. A cookie and a header must be able to hold it unchanged.
/// After two slashes, a browser would read a host name.
pub fn is_address(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    text.starts_with('/') && !text.starts_with("//") && text.len() <= 1_000 && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_loopback_does_without_the_prefix() {
        for (url, expected) in [
            ("https://inscription.example", "__Host-iel_session"),
            ("http://inscription.example", "__Host-iel_session"),
            ("http://192.168.1.5:3000", "__Host-iel_session"),
            ("http://localhost.example:3000", "__Host-iel_session"),
            ("https://localhost", "__Host-iel_session"),
            ("http://localhost:3000", "iel_session"),
            ("http://127.0.0.1:3000", "iel_session"),
            ("http://[::1]:3000", "iel_session"),
            ("http://[::1]", "iel_session"),
        ] {
            let names = CookieNames::new(url);
            assert_eq!(names.connexion, expected, "{url}");
            assert_eq!(
                names.keep(names.connexion, "a").ends_with("; Secure"),
                expected.starts_with("__Host-"),
                "{url}"
            );
        }
    }

    #[test]
    fn a_cookie_is_found_among_others_and_checked() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; iel_session=abc-DEF_9; b=2".parse().unwrap());
        headers.append(COOKIE, "iel_brouillon=spaces are wrong".parse().unwrap());
        assert_eq!(read(&headers, "iel_session").as_deref(), Some("abc-DEF_9"));
        assert_eq!(read(&headers, "iel_brouillon"), None);
        assert_eq!(read(&headers, "connexion"), None);
    }

    #[test]
    fn https_gets_the_host_prefix_and_secure() {
        let names = CookieNames::new("https://inscription.cnfpt.fr");
        assert_eq!(names.keep(names.connexion, "x"), "__Host-iel_session=x; Path=/; HttpOnly; SameSite=Lax; Secure");
        let names = CookieNames::new("http://127.0.0.1:3000");
        assert_eq!(names.keep(names.connexion, "x"), "iel_session=x; Path=/; HttpOnly; SameSite=Lax");
    }
}
