//! Fuzzes mail addresses: an accepted address can receive mail, and reads the same again.
#![no_main]

use domain::onglet::Read;
use domain::valeurs::AdresseCourriel;
use domain::{Cas, Contexte};
use libfuzzer_sys::fuzz_target;
use time::Date;

fuzz_target!(|raw: &str| {
    let contexte = Contexte { cas: Cas::Personnel, today: Date::MIN };
    let Ok(courriel) = AdresseCourriel::read(raw, &contexte) else { return };
    let cle = courriel.cle();
    assert!(cle.is_ascii() && cle.len() <= 254, "{cle:?}");
    assert!(!cle.bytes().any(|byte| byte.is_ascii_control() || byte.is_ascii_whitespace()), "{cle:?}");
    assert!(!courriel.to_string().chars().any(|c| c.is_control() || c.is_whitespace()), "{courriel:?}");
    for again in [cle, &courriel.to_string()] {
        let again = AdresseCourriel::read(again, &contexte).expect("what is shown and what is kept are addresses");
        assert_eq!(again.cle(), cle);
    }
    assert!(cle.parse::<lettre::Address>().is_ok(), "no mail can be sent to {cle:?}");
    assert!(courriel.masked().ends_with(courriel.to_string().rsplit('@').next().unwrap_or_default()));
    drop(AdresseCourriel::suggestion(raw));
});
