//! Fuzzes the token of a link: it is accepted only if the key made it, and for its own purpose. Characters copied after
//! a link are ignored.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use server::security::tokens::{SecretKey, Usage};

static KEY: LazyLock<SecretKey> = LazyLock::new(|| SecretKey::from_bytes([7; 32]));

fuzz_target!(|typed: &str| {
    for usage in Usage::ALL {
        if let Some(id) = KEY.verify(usage, typed) {
            let after = typed.strip_prefix(&KEY.token(usage, &id)).expect("another writing of a token is accepted");
            let around = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_';
            assert!(after.chars().all(around), "only what follows a link that was copied is left out");
            let others = Usage::ALL.into_iter().filter(|other| *other != usage);
            assert!(others.map(|other| KEY.verify(other, typed)).all(|known| known.is_none()));
        }
    }
    // A text used as an id comes back from its token, unless it contains a dot. A token of another key is refused.
    let token = KEY.token(Usage::Activation, typed);
    let expected = (!typed.contains('.')).then(|| typed.to_owned());
    assert_eq!(KEY.verify(Usage::Activation, &token), expected);
    assert_eq!(SecretKey::from_bytes([8; 32]).verify(Usage::Activation, &token), None);
});
