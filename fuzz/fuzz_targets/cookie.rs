//! Fuzzes the `Cookie` header: an accepted value has only letters, digits, `-` and `_`, and reads the same again.
#![no_main]

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};
use libfuzzer_sys::fuzz_target;
use server::http::cookies::{CookieNames, read};

fuzz_target!(|bytes: &[u8]| {
    let names = CookieNames::new("https://inscription.example");
    let mut headers = HeaderMap::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        if let Ok(value) = HeaderValue::from_bytes(line) {
            headers.append(COOKIE, value);
        }
    }
    for name in [names.connexion, names.draft] {
        let Some(value) = read(&headers, name) else { continue };
        assert!((1..=100).contains(&value.len()), "{value:?}");
        assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'), "{value:?}");
        let mut again = HeaderMap::new();
        again.append(COOKIE, HeaderValue::from_str(&format!("autre=1; {name}={value}; {name}=autre")).expect("plain"));
        assert_eq!(read(&again, name).as_deref(), Some(value.as_str()));
        assert!(names.keep(name, &value).parse::<HeaderValue>().is_ok());
    }
});
